import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Whether a program of this name is on the PATH. */
export const isOnPath = (program: string): boolean => placeOnPath(program) !== undefined;

/** Where a program lies that is on the PATH. */
export function placeOnPath(program: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((place) => existsSync(place));
}
