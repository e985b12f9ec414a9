import { randomBytes } from "node:crypto";
import { chmod, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Puts a text in the place of whatever file is there, at once: whoever reads it finds either of the two, and nobody who has the old one
 * open sees the new one.
 * @param file without links. @param mode whatever the umask is.
 * @throws what the system says; the file is as it was then.
 */
export async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const made = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString("hex")}`);
  try {
    await writeFile(made, text, { flag: "wx", mode: 0o600 });
    await chmod(made, mode);
    await rename(made, file);
  } catch (error) {
    await rm(made, { force: true });
    throw error;
  }
}
