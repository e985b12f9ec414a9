import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { runCommand } from "../support/command";
import { filesBelow } from "../support/files-below";
import type { ConfigurationVersion } from "./service/run";

/** The files that were uploaded, by path. @param folder receives them. */
export async function filesOf(
  configuration: ConfigurationVersion | undefined,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const place = await mkdtemp(join(folder, "slug-"));
  await writeFile(`${place}.tar.gz`, configuration?.slug ?? "");
  await runCommand("tar", ["-xzf", `${place}.tar.gz`, "-C", place], { env: process.env });
  const files = filesBelow(place);
  return new Map(
    await Promise.all(files.map(async (file) => [relative(place, file), await readFile(file, "latin1")] as const)),
  );
}
