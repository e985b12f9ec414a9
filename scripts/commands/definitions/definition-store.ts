import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { errorCode } from "../../../config/error-code";
import { loadDefinitionFiles, loadDefinitions } from "../../../config/load-definitions";
import { formatProblem, hasErrors, type Problem } from "../../../config/problems/problem";
import { StorageFailure } from "../../../local/errors/storage-failure";
import { UserError } from "../../../local/errors/user-error";
import { definitionsFolder } from "../definition-file";
import { readSettingsFile } from "../settings";

const NO_MARK_LOST = { fatal: true, ignoreBOM: true } as const;

/** A definition's text, byte for byte. @throws UserError where it cannot be read. */
export async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", NO_MARK_LOST).decode(await readFile(file));
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    const reason = code === "ENOENT" ? "no such file" : code;
    throw new UserError(`${file}: cannot be read: ${reason}`, { cause: error });
  }
}

/**
 * What is wrong, or odd, once a text stands in a file: in that file, and in the others as far as it is wrong because of it, such as a
 * name that two have.
 * @param file in servers/, where it is held against the others, or elsewhere.
 */
export async function problemsWith(file: string, text: string): Promise<Problem[]> {
  const { settings } = await readSettingsFile();
  const limits = settings ?? {};
  const folder = definitionsFolder();
  const unsaved = new Map([[resolve(file), text]]);
  if (relative(resolve(folder), resolve(file)).startsWith("..")) {
    return [...(await loadDefinitionFiles([file], limits, unsaved)).problems];
  }
  const [before, after] = await Promise.all([
    loadDefinitions(folder, limits),
    loadDefinitions(folder, limits, unsaved),
  ]);
  const known = new Set(before.problems.map(formatProblem));
  return after.problems.filter(
    (problem) =>
      resolve(problem.file) === resolve(file) || (problem.severity === "error" && !known.has(formatProblem(problem))),
  );
}

/**
 * What is odd in a text that is to be written to a file.
 * @param next what to do where it is wrong. @throws UserError naming all that is wrong.
 */
export async function expectValidChange(file: string, text: string, next: string): Promise<readonly Problem[]> {
  const problems = await problemsWith(file, text);
  if (hasErrors(problems)) {
    throw new UserError(`${problems.map(formatProblem).join("\n")}\nNothing was written.`, { next });
  }
  return problems;
}

/** Writes a file that is not there yet, or nothing. @throws UserError where it is there. @throws StorageFailure */
export async function writeNewFile(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, "wx");
    try {
      await handle.writeFile(text);
    } catch (error) {
      await rm(file, { force: true }); // Half of it would be no definition.
      throw error;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === "EEXIST") {
      throw fileIsThere(file);
    }
    throw notWritten(file, error);
  }
}

export function fileIsThere(file: string): UserError {
  return new UserError(`${file} is there already, and is not overwritten`, {
    next: "choose another name, or change that file with edit",
  });
}

/**
 * Puts a text in the place of the one that a file has, at once: whoever reads the file finds either of the two.
 * @param before as it was read.
 * @throws UserError where somebody else has changed the file since. @throws StorageFailure
 */
export async function replaceFile(file: string, before: string, text: string): Promise<void> {
  if ((await textOf(file)) !== before) {
    throw new UserError(`${file} has been changed meanwhile; nothing was written`, { next: "run the command again" });
  }
  const target = await realpath(file); // A link stays one.
  const { mode } = await stat(target);
  // Hidden, and so no definition.
  const made = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString("hex")}`);
  try {
    await writeFile(made, text, { flag: "wx", mode });
    await rename(made, target);
  } catch (error) {
    await rm(made, { force: true });
    throw notWritten(file, error);
  }
}

function notWritten(file: string, error: unknown): unknown {
  const code = errorCode(error);
  return code === undefined
    ? error
    : new StorageFailure(`${file} cannot be written (${code})`, {
        cause: error,
        folder: dirname(file),
        code,
        next: "mend that, then run the command again; nothing has been changed",
      });
}
