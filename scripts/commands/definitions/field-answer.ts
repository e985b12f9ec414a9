import * as z from "zod";
import { definitionSchema } from "../../../config/definition/form/definition-schema";
import type { Path } from "../../../config/problems/path";
import { fieldAt } from "../../../config/problems/schema-fields";
import { readFields } from "../../../config/tree/read-fields";
import { UserError } from "../../../local/errors/user-error";

/**
 * What is wrong with a field's text, in the words of `validate`; undefined where nothing is.
 * @param path of the field in a definition.
 */
export function fieldProblem(path: Path, text: string): string | undefined {
  const schema = fieldAt(definitionSchema, path);
  if (schema === undefined) {
    throw new Error(`There is no such field: ${path.join(".")}`);
  }
  const { findings } = readFields(z.object({ field: schema }), { field: text });
  const wrong = findings.map(({ finding }) => finding).find(({ severity }) => severity === "error");
  return wrong && `${wrong.message}${wrong.allowed === undefined ? "" : ` (allowed: ${wrong.allowed})`}`;
}

/** The check of an answer, while it is typed. */
export const checkOf = (path: Path) => (text: string) => fieldProblem(path, text);

/** @param flag for the message, such as `--url`. @throws UserError where the text is wrong. */
export function checkFlag(flag: string, path: Path, text: string): void {
  const problem = fieldProblem(path, text);
  if (problem !== undefined) {
    throw new UserError(`${flag} ${problem}`);
  }
}

/** What the reference says of a field. */
export const fieldMeaning = (path: Path): string => fieldAt(definitionSchema, path)?.description ?? "";

/** `Url: host name or IP address, ...`: a field and what the reference says of it first, as a question. */
export function fieldQuestion(path: Path): string {
  const [meaning = ""] = fieldMeaning(path).split(/[.;:](?: |$)/);
  return `${path.at(-1)}: ${/^[A-Z]{2}/.test(meaning) ? meaning : meaning.charAt(0).toLowerCase() + meaning.slice(1)}`;
}
