import { loadDefinitionFiles, loadDefinitions } from "../../../../config/load-definitions";
import { normaliseName } from "../../../../config/naming/names";
import { didYouMean } from "../../../../config/problems/nearest-name";
import type { ServerDefinition } from "../../../../contract/model";
import { UserError } from "../../../../local/errors/user-error";
import { COMMAND } from "../../command-line";
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
 * @throws UserError for what can be neither.
 */
export async function namedServer(reference: string): Promise<NamedServer> {
  const { definitions } = await loadDefinitions(definitionsFolder());
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
  const { definitions: read } = await loadDefinitionFiles([file]);
  const [definition] = read;
  if (definition === undefined) {
    throw new UserError(`${file} holds no valid definition`, { next: `${COMMAND} validate ${file}` });
  }
  return { name: definition.name, definition, nearest: "" };
}
