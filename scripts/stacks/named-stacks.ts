import { serverStackId } from "../../stacks/naming/names";
import { namedServer } from "../commands/aws/access/server-reference";
import { isPath } from "../commands/definition-file";
import { loadSettings } from "../commands/settings";

/**
 * Stacks as they were named at the command line: the file of a definition stands for its server's. Names and patterns stay.
 * @throws UserError for a file that is not valid beside all others.
 */
export async function namedStacks(references: readonly string[]): Promise<string[]> {
  const settings = references.some(isPath) ? await loadSettings() : {};
  const names = references.map(async (reference) =>
    isPath(reference) ? serverStackId((await namedServer(reference, settings)).name) : reference,
  );
  return Promise.all(names);
}
