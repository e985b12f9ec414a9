import { type Limits, loadDefinitionBeside, loadDefinitions } from "../../../../config/load-definitions";
import { normaliseName } from "../../../../config/naming/names";
import { didYouMean } from "../../../../config/problems/nearest-name";
import { formatProblem } from "../../../../config/problems/problem";
import type { ServerDefinition } from "../../../../contract/model";
import { UserError } from "../../../../local/errors/user-error";
import { definitionFile, definitionsFolder } from "../../definition-file";

/** A server whose stack may be in AWS. */
export interface NamedServer {
  readonly name: string;
  /** Absent where servers/ has no valid one: the stack may come from another checkout, or its file be gone. */
  readonly definition?: ServerDefinition;
  /** How to go on after the name was found nowhere: `; did you mean partner?`, or nothing. */
  readonly nearest: string;
}

/**
 * A server by its name or its definition's file. A name that no definition has may still be deployed.
 * @param limits the session's.
 * @param folder of all definitions; default: servers/.
 * @throws UserError for what can be neither, and for a file that is not valid beside all others: what is done to its server might
 * be done to that of another file.
 */
export async function namedServer(
  reference: string,
  limits: Limits,
  folder: string = definitionsFolder(),
): Promise<NamedServer> {
  const { definitions } = await loadDefinitions(folder, limits);
  const known = definitions.find(({ name }) => name === reference);
  if (known !== undefined) {
    return { name: known.name, definition: known, nearest: "" };
  }
  if (reference !== "" && normaliseName(reference) === reference) {
    return {
      name: reference,
      nearest: didYouMean(
        reference,
        definitions.map(({ name }) => name),
      ),
    };
  }
  const file = await definitionFile(reference);
  const { definition, problems } = await loadDefinitionBeside(file, folder, limits);
  if (definition === undefined) {
    const errors = problems.filter(({ severity }) => severity === "error").map(formatProblem);
    throw new UserError([`${file} holds no valid definition:`, ...errors].join("\n"), {
      next: "correct it, or give the name of the server that you mean instead of a file",
    });
  }
  return { name: definition.name, definition, nearest: "" };
}
