import { type Limits, loadDefinitionFiles } from "../../config/load-definitions";
import { formatProblem, hasErrors } from "../../config/problems/problem";
import type { ServerDefinition } from "../../contract/model";
import { UserError } from "../../local/errors/user-error";
import { COMMAND, shellWords } from "./command-line";

/**
 * Reads one definition. @param warn is told everything that is odd but allowed.
 * @throws UserError naming everything that is wrong.
 */
export async function loadDefinition(
  file: string,
  limits: Limits,
  warn: (text: string) => void,
): Promise<ServerDefinition> {
  const { definitions, problems } = await loadDefinitionFiles([file], limits);
  const lines = problems.map(formatProblem);
  const [definition] = definitions;
  if (definition === undefined || hasErrors(problems)) {
    throw new UserError(lines.join("\n"), { next: `Correct it, then: ${COMMAND} validate ${shellWords([file])}` });
  }
  lines.forEach(warn);
  return definition;
}
