import { readDefinition } from "../../../config/definition/definition-file";
import { formatProblem, hasErrors } from "../../../config/problems/problem";
import type { ServerDefinition } from "../../../contract/model";
import { UserError } from "../../../local/errors/user-error";
import { COMMAND, shellWords } from "../command-line";
import { loadDefinition } from "../definition";
import { type Change, changedText } from "../definition-text/change";
import { problemsWith, replaceFile, textOf } from "./definition-store";
import { type KnownHostKey, keysByFingerprint, knownHostKey, type ServerHostKey, serverHostKeys } from "./host-keys";

/** What a server shows beside what its definition trusts. */
export interface ComparedHostKeys {
  readonly file: string;
  readonly definition: ServerDefinition;
  readonly trusted: readonly KnownHostKey[];
  readonly shown: readonly ServerHostKey[];
}

/** @param warn is told what is odd in the definition. @throws UserError, RemoteFailure, Interrupted */
export async function compareHostKeys(
  file: string,
  signal: AbortSignal,
  warn: (text: string) => void,
): Promise<ComparedHostKeys> {
  const definition = await loadDefinition(file, {}, warn);
  const shown = await serverHostKeys(definition.url, signal);
  return { file, definition, trusted: definition.trustedHostKeys.map(knownHostKey), shown };
}

/** Keys that the server shows, that connectors take, and that the definition does not trust yet. */
export const newHostKeys = ({ trusted, shown }: ComparedHostKeys): ServerHostKey[] =>
  shown.filter(({ accepted, key }) => accepted && !trusted.some((one) => one.key === key));

/** The keys of a definition with these fingerprints. @throws UserError */
export async function trustedByFingerprint(file: string, fingerprints: readonly string[]): Promise<KnownHostKey[]> {
  const { name, trustedHostKeys } = await loadDefinition(file, {}, () => undefined);
  return keysByFingerprint(trustedHostKeys.map(knownHostKey), fingerprints, `PublicKey of ${name}`);
}

export interface Rotation {
  readonly add: readonly KnownHostKey[];
  readonly remove: readonly KnownHostKey[];
}

/**
 * Adds keys to a definition's PublicKey, and removes others.
 * @returns what is odd in the file now. @throws UserError where it would be wrong: nothing is written then.
 */
export async function rotateHostKeys(file: string, { add, remove }: Rotation): Promise<string[]> {
  const text = await textOf(file);
  const items = readDefinition(file, text).fields?.PublicKey.items ?? [];
  const removed = items.flatMap(({ value }, index) => (remove.some(({ key }) => key === value) ? [index] : []));
  const changes: Change[] = [
    ...add.map(({ key }, index): Change => ({ kind: "set", path: ["PublicKey", items.length + index], value: key })),
    // From the end, so that the others keep their places.
    ...removed.reverse().map((index): Change => ({ kind: "remove", path: ["PublicKey", index] })),
  ];
  const changed = changedText(file, text, changes);
  const problems = await problemsWith(file, changed);
  if (hasErrors(problems)) {
    throw new UserError(`${problems.map(formatProblem).join("\n")}\nNothing was written.`, {
      next: `${COMMAND} host-key ${shellWords([file])}`,
    });
  }
  await replaceFile(file, text, changed);
  return problems.map(formatProblem);
}
