import { mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** When the sample's files were "written": some time ago, as files on a partner's server are. */
const WRITTEN = new Date("2026-01-05T06:30:00Z");

const REPORTS = ["north", "south", "east", "west"].map((region) => `reports/2026-01/sales-${region}.csv`);

/** Paths of the sample, relative to the server's root. */
export const SAMPLE_FILES = [...REPORTS, "reports/README.txt", "prices/list.csv", "prices/list 2026 (old).csv"];

/** Writes the sample tree. */
export async function writeSample(root: string): Promise<void> {
  for (const path of SAMPLE_FILES) {
    await writeRemote(root, path, sampleText(path), WRITTEN);
  }
}

/** Writes one file as the partner would. */
export async function writeRemote(root: string, path: string, text: string, modified: Date): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  await utimes(file, modified, modified);
}

function sampleText(path: string): string {
  const rows = Array.from({ length: 40 }, (_, row) => `${path},${row + 1},${((row * 37) % 100) / 10}`);
  return `${["file,row,value", ...rows].join("\n")}\n`;
}
