import { readFile, realpath, rm } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { errorCode } from "../../../config/error-code";
import { StorageFailure } from "../../../local/errors/storage-failure";
import { git } from "../../git/git";
import { ROOT } from "../paths";

/** Whether Git has a definition as it is here: then it can be brought back once it is deleted. */
export async function isCommitted(file: string): Promise<boolean> {
  const [root, target] = await Promise.all([realpath(ROOT), realpath(file)]);
  const committed = await git(root, "cat-file", "blob", `HEAD:./${relative(root, target).replaceAll("\\", "/")}`);
  return committed !== undefined && lines(committed) === lines(await readFile(file, "utf8"));
}

const lines = (text: string) => text.replaceAll("\r\n", "\n");

/** @throws StorageFailure */
export async function deleteDefinition(file: string): Promise<void> {
  try {
    await rm(file);
  } catch (error) {
    const code = errorCode(error);
    throw code === undefined
      ? error
      : new StorageFailure(`${file} cannot be deleted (${code})`, {
          cause: error,
          folder: dirname(file),
          code,
          next: "delete it by hand: its stack is destroyed",
        });
  }
}
