import { readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { isOwnPlace } from "../../scripts/build/own-place.mjs";
import { READ_BY_TERRAFORM, STACK_FILE } from "../../scripts/stacks/read-by-terraform.mjs";

/** Where the stacks of each environment are synthesized. */
const OUTPUT = /^cdktf\.out/;

/** States that lie in the project's folder. */
const STATE = /^terraform\..*\.tfstate$/;

/**
 * Looks for what Terraform would run or read of somebody else: places in which others may write, and files that the synthesis has
 * not written. Links to providers are left out: Terraform holds what it finds there against the checksums in its lock file.
 * @param {string} root the project's folder.
 * @returns {string | undefined} the first that is found, in words.
 */
export function strangeInStacks(root) {
  const states = readdirSync(root).filter((name) => STATE.test(name));
  const outputs = readdirSync(root, { withFileTypes: true }).filter(({ name }) => OUTPUT.test(name));
  const below = outputs
    .filter((output) => output.isDirectory())
    .flatMap(({ name }) => readdirSync(join(root, name), { recursive: true, withFileTypes: true }))
    .filter((entry) => !isProvider(entry));
  const foreign = below.find(isForeign);
  if (foreign !== undefined) {
    return `Terraform would read ${relative(root, pathOf(foreign))}, which the synthesis has not written`;
  }
  const places = [...states, ...outputs.map(({ name }) => name)].map((name) => join(root, name));
  const others = [...places, ...below.map(pathOf)].find((place) => !isOwnPlace(root, place));
  return others && `others on this machine can change ${relative(root, others)}, or it lies behind a link`;
}

const pathOf = ({ parentPath, name }) => join(parentPath, name);

function isProvider(entry) {
  return entry.isSymbolicLink() && entry.parentPath.includes(join(".terraform", "providers"));
}

/** In the folder of a stack; of those below it Terraform reads no configuration. */
function isForeign({ parentPath, name }) {
  return basename(dirname(parentPath)) === "stacks" && name !== STACK_FILE && READ_BY_TERRAFORM.test(name);
}
