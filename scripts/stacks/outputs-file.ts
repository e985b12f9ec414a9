import { realpath, stat, writeFile } from "node:fs/promises";
import { userPath } from "../commands/paths";
import { writeWhole } from "../commands/write-whole";
import type { OutputsDocument } from "./outputs";

const FOR_ITS_OWNER = 0o600;

/**
 * Writes outputs as JSON. With those among them that Terraform would not show, the file is for its owner alone, also where one was
 * there that others may read, or that somebody else has put there.
 * @param file as the user typed it; what is no regular file, such as /dev/stdout, is written to as it is.
 * @throws what the system says.
 */
export async function writeOutputsFile(file: string, outputs: OutputsDocument, withSensitive: boolean): Promise<void> {
  const path = userPath(file);
  const text = `${JSON.stringify(outputs, null, 2)}\n`;
  const isSpecial = (await stat(path).catch(() => undefined))?.isFile() === false;
  if (withSensitive && !isSpecial) {
    await writeWhole(await realpath(path).catch(() => path), text, FOR_ITS_OWNER);
  } else {
    await writeFile(path, text);
  }
}
