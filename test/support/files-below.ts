import { readdirSync } from "node:fs";
import { join } from "node:path";

/** All files below a folder. Links are not followed, whereas `readdir`'s own `recursive` does so since Node.js 24. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}
