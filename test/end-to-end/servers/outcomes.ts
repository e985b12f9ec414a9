import type { Observation } from "./observe";
import { type Contents, HARD } from "./tree";

/** How many have arrived as they are. */
export function share(wanted: Contents, arrived: Contents): string {
  const same = [...wanted].filter(([path, content]) => arrived.get(path)?.equals(content));
  return `${same.length} of ${wanted.size}`;
}

/** What became of a file or folder in the first run. */
export function outcome(path: string, { first, arrived }: Observation): string {
  const failure = first.failures.find((failed) => failed.path.endsWith(`/in/${path}`));
  if (failure !== undefined) {
    return `\`${failure.error}\`, \`${failure.kind}\``;
  }
  return arrived.has(path) ? "copied" : "left out";
}

/** What is no file is counted, and one of its kind is named. */
export function countedOutcome(path: string, observation: Observation): string {
  const { skipped } = observation.first.files;
  const seen = outcome(path, observation);
  const isNamed = observation.first.warnings.some((warning) => warning.includes(path));
  return seen === "left out" && (skipped["not-a-file"] === 2 || isNamed) ? "`not-a-file`" : seen;
}

/** A folder that is listed without what is in it. */
export function closedFolder(observation: Observation): string {
  const seen = outcome(HARD.closedFolder, observation);
  return seen === "left out" ? "taken for empty" : seen;
}

export function links({ arrived }: Observation): string {
  const followed = [HARD.linkedFile, HARD.linkedFolder].filter((path) => arrived.has(path));
  return followed.length === 2 ? "followed" : followed.length === 0 ? "left out" : `only ${followed.join()}`;
}

/** A name that is no UTF-8 may cost its folder, or arrive as another one. */
export function latinName(observation: Observation): string {
  const { first, arrived } = observation;
  const seen = outcome(HARD.latinFolder, observation);
  if (seen !== "left out") {
    return `the folder: ${seen}`;
  }
  const other = [...arrived.keys()].find((path) => path.startsWith(`${HARD.latinFolder}/`));
  if (other !== undefined) {
    return `copied as \`${other.slice(HARD.latinFolder.length + 1)}\``;
  }
  return first.files.skipped["unsupported-name"] === 1 ? "`unsupported-name`" : "left out";
}
