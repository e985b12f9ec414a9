import { parse } from "yaml";
import * as z from "zod";
import { readDefinition } from "../../../config/definition/definition-file";
import { type DefinitionFields, definitionSchema } from "../../../config/definition/form/definition-schema";
import { dottedPath, type Path } from "../../../config/problems/path";
import { fieldAt, unwrap } from "../../../config/problems/schema-fields";
import { UserError } from "../../../local/errors/user-error";
import { COMMAND, shellWords } from "../command-line";
import type { Change } from "../definition-text/change";
import { fieldPath } from "./field-path";

/** The fields of a text, as far as they can be understood. @throws UserError where it holds none. */
export function fieldsOf(file: string, text: string): DefinitionFields {
  const { fields } = readDefinition(file, text.replace(/^\uFEFF/, ""));
  if (fields === undefined) {
    throw new UserError(`${file} cannot be read as it is`, { next: `${COMMAND} validate ${shellWords([file])}` });
  }
  return fields;
}

/** `PATH=VALUE`. @throws UserError */
export function changeOfSet(assignment: string, fields: DefinitionFields): Change {
  const sign = assignment.indexOf("=");
  if (sign <= 0) {
    throw new UserError(
      `--set ${JSON.stringify(assignment)} has no value (allowed: PATH=VALUE, such as Schedule=@daily)`,
    );
  }
  const path = fieldPath(assignment.slice(0, sign), fields);
  return { kind: "set", path, value: readValue(path, assignment.slice(sign + 1)) };
}

/** The last entries of a list come first, so that the others keep their places. @throws UserError */
export function changesOfUnset(paths: readonly string[], fields: DefinitionFields): Change[] {
  return paths
    .map((path) => fieldPath(path, fields))
    .sort((a, b) => dottedPath(b).localeCompare(dottedPath(a), "en", { numeric: true }))
    .map((path) => ({ kind: "remove", path }));
}

/** What a text means as a field's value: for a field of text itself, else YAML. */
function readValue(path: Path, text: string): unknown {
  const schema = fieldAt(definitionSchema, path);
  const inner = schema && unwrap(schema);
  const isText = !(
    inner instanceof z.ZodArray ||
    inner instanceof z.ZodObject ||
    inner instanceof z.ZodBoolean ||
    inner instanceof z.ZodNumber
  );
  if (isText) {
    return text;
  }
  try {
    return parse(text, { logLevel: "error" });
  } catch (error) {
    throw new UserError(
      `--set ${dottedPath(path)}: the value is not YAML (allowed: such as true, 5, or ["*.csv", "*.txt"])`,
      {
        cause: error,
      },
    );
  }
}
