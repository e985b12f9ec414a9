/**
 * Folders of packages, builds, providers, states and Git's own, in whatever letters: to some file systems they are the same.
 */
const UNSEEN_FOLDER = /(^|\/)(node_modules|\.terraform|\.local|\.git|cdktf\.out[^/]*)(\/|$)|^dist(\/|$)/i;
const UNSEEN_FILE = /\.tfstate(\.[^/]*)?$|\.tfvars(\.json)?$|(^|\/)override\.tf(\.json)?$/i;

/**
 * Whether a file is one that no commit should have, and that no review shows: packages, built files and states.
 * @param file from the project's root, with slashes.
 */
export const isUnseen = (file: string): boolean => UNSEEN_FOLDER.test(file) || UNSEEN_FILE.test(file);
