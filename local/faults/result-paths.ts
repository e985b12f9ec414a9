/** Forms in which a service might write the path of a file that it has transferred; the API reference shows the first. */
export const RESULT_PATHS = {
  asked: (path) => path,
  relative: (path) => path.slice(1),
  name: (path) => path.slice(path.lastIndexOf("/") + 1),
  target: (path) => `/bucket/prefix${path}`,
  encoded: (path) => path.split("/").map(encodeURIComponent).join("/"),
  unrelated: () => "/elsewhere",
} as const satisfies Readonly<Record<string, (path: string) => string>>;

export type ResultPath = keyof typeof RESULT_PATHS;

export const RESULT_PATH_NAMES: readonly ResultPath[] = ["asked", "relative", "name", "target", "encoded", "unrelated"];
