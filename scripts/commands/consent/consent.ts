import { onOneLine } from "../../../config/problems/received";
import type { ServerDefinition } from "../../../contract/model";
import { Declined } from "../../../local/errors/user-error";
import { approvedServers, destinationOf } from "./approved-servers";
import { onDefaultBranch } from "./default-branch";

/** Somebody to ask, and what else the question depends on. */
export interface Consent {
  /** Asks, and resolves to what was typed. */
  ask(question: string): Promise<string>;
  /** The project's folder. */
  readonly project: string;
  /** With whose credentials. */
  readonly username: string;
}

/**
 * Asks before credentials go where only an unreviewed file says: one that the default branch does not have as it is here. The
 * answer holds for this project's folder, this server's name, user, address and host keys from then on.
 * @param file the definition's.
 * @throws Declined where the answer is not yes.
 */
export async function expectConsent(
  file: string,
  definition: ServerDefinition,
  { ask, project, username }: Consent,
): Promise<void> {
  const approved = await approvedServers(project);
  const destination = destinationOf(definition, username);
  if (await approved.has(destination)) {
    return;
  }
  const { isSame, branch } = await onDefaultBranch(file, project);
  if (isSame) {
    return;
  }
  const reason =
    branch === undefined ? "is on no main branch of this project" : `is not on ${branch} as it stands here`;
  const question = `${file} ${reason}. The credentials of ${username} would go to ${definition.url}. Send them? [y/N] `;
  const answer = await ask(onOneLine(question));
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new Declined(`Nothing was sent to ${definition.url}`, {
      next: "look at Url and PublicKey in the file; --yes goes on without a question",
    });
  }
  await approved.add(destination);
}
