import { readDefinition } from "../../../config/definition/definition-file";
import { formatProblem } from "../../../config/problems/problem";
import type { ServerDefinition } from "../../../contract/model";
import type { Prompts } from "../../terminal/prompts";
import { COMMAND, shellWords } from "../command-line";
import { loadDefinition } from "../definition";
import { type Change, changedText } from "../definition-text/change";
import { expectValidChange, replaceFile, textOf } from "./definition-store";
import { comparison } from "./host-key-text";
import {
  acceptedHostKeys,
  type KnownHostKey,
  keysByFingerprint,
  knownHostKey,
  type ServerHostKey,
  serverHostKeys,
} from "./host-keys";

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

/** Which host keys of a definition are to change. */
export interface WantedKeys {
  /** Add what the server shows, once somebody has confirmed it. */
  readonly add: boolean;
  /** Fingerprints of keys to add, which nobody is asked about. */
  readonly accept: readonly string[];
  /** Fingerprints of keys to remove. */
  readonly remove: readonly string[];
}

export interface RotationOptions {
  /** Called for the first question. @throws UserError where nobody can be asked. */
  readonly prompts: () => Prompts;
  readonly signal: AbortSignal;
  /** Told what is odd in the definition. */
  warn(text: string): void;
}

export interface Rotation {
  readonly added: readonly KnownHostKey[];
  readonly removed: readonly KnownHostKey[];
}

/**
 * Adds keys that the server shows to a definition's PublicKey, and removes others. Only adding asks the server.
 * @returns what has changed: nothing where nothing is new, or nobody has confirmed it.
 * @throws UserError where the definition would be wrong: nothing is written then. @throws RemoteFailure, Interrupted
 */
export async function rotateHostKeys(file: string, wanted: WantedKeys, options: RotationOptions): Promise<Rotation> {
  const removed = await trustedByFingerprint(file, wanted.remove);
  const added = wanted.add || wanted.accept.length > 0 ? await keysToAdd(file, wanted.accept, options) : [];
  if (added.length > 0 || removed.length > 0) {
    await writeKeys(file, { added, removed }, options.warn);
  }
  return { added, removed };
}

async function trustedByFingerprint(file: string, fingerprints: readonly string[]): Promise<KnownHostKey[]> {
  const { name, trustedHostKeys } = await loadDefinition(file, {}, () => undefined);
  return keysByFingerprint(trustedHostKeys.map(knownHostKey), fingerprints, `PublicKey of ${name}`);
}

async function keysToAdd(file: string, accept: readonly string[], options: RotationOptions): Promise<KnownHostKey[]> {
  const { prompts, signal, warn } = options;
  const compared = await compareHostKeys(file, signal, warn);
  const { definition, shown, trusted } = compared;
  const fresh = newHostKeys(compared);
  if (accept.length > 0) {
    const accepted = keysByFingerprint(acceptedHostKeys(definition.url, shown), accept, definition.url);
    return accepted.filter((key) => fresh.includes(key));
  }
  if (fresh.length === 0) {
    return [];
  }
  const asked = prompts();
  asked.note(comparison(shown, trusted), `Host keys of ${definition.url}`);
  const [what, them] = fresh.length === 1 ? ["the new key", "it"] : [`the ${fresh.length} new keys`, "them"];
  return (await asked.confirm(`Add ${what} to PublicKey? Only if the owner has confirmed ${them}`, false)) ? fresh : [];
}

async function writeKeys(file: string, { added, removed }: Rotation, warn: (text: string) => void): Promise<void> {
  const text = await textOf(file);
  const items = readDefinition(file, text).fields?.PublicKey.items ?? [];
  const places = items.flatMap(({ value }, index) => (removed.some(({ key }) => key === value) ? [index] : []));
  const changes: Change[] = [
    ...added.map(({ key }, index): Change => ({ kind: "set", path: ["PublicKey", items.length + index], value: key })),
    // From the end, so that the others keep their places.
    ...places.reverse().map((index): Change => ({ kind: "remove", path: ["PublicKey", index] })),
  ];
  const changed = changedText(file, text, changes);
  const problems = await expectValidChange(file, changed, `${COMMAND} host-key ${shellWords([file])}`);
  await replaceFile(file, text, changed);
  problems.map(formatProblem).forEach(warn);
}
