import type { TakenSecret } from "./taken-secrets";

/** Where people read what to do about a secret that has the name of one to create. */
export const SECTION = "docs/operations.md#a-server-that-comes-back";

/** What may become of a secret that has the name of one to create. */
type Takeover =
  | {
      readonly isPossible: true;
      /** What it would mean. */
      readonly what: string;
    }
  | {
      readonly isPossible: false;
      readonly why: string;
      /** What to do instead. */
      readonly next: string;
    };

/**
 * A name says little of whose a secret is: the author of a definition chooses it, and two prefixes can lead to one name. Only a
 * secret that was deleted, and that is encrypted with this installation's own key, may be restored and taken over.
 */
export function takeoverOf(secret: TakenSecret): Takeover {
  const { stack, arn, deleted, key = "the account's default key", plannedKey, url } = secret;
  const byHand = `give the server another Name, or check whose secret it is and import it by hand: ${SECTION}`;
  if (!hasPlannedKey(secret)) {
    const own = plannedKey === undefined ? "does not tell this installation's key" : `has ${plannedKey}`;
    return {
      isPossible: false,
      why:
        `The secret ${arn} has the name of this server's, and may be somebody else's: it is encrypted with ${key}, and the ` +
        `plan ${own}. It is left alone.`,
      next: byHand,
    };
  }
  if (deleted === undefined) {
    return {
      isPossible: false,
      why: `The secret ${arn} is there already: it is not deleted, and not in the stack's state. It is left alone.`,
      next:
        `${byHand}. If an earlier deployment restored it and did not take it over, delete it again, and call the same ` +
        `command: aws secretsmanager delete-secret --secret-id ${arn}`,
    };
  }
  return {
    isPossible: true,
    what:
      `The secret ${arn} was deleted on ${deleted.toISOString().slice(0, 10)}; its recovery window has not ended. If ` +
      `${stack} takes it over, the old credentials that it holds are sent to ${url}, the Url in its definition.`,
  };
}

/**
 * Whether a secret has the key of the plan. Secrets Manager tells a key as it was given: these stacks give its ARN, and its id
 * says the same. An alias does not: it may have meant another key before.
 */
function hasPlannedKey({ key, plannedKey }: Pick<TakenSecret, "key" | "plannedKey">): boolean {
  return key !== undefined && plannedKey !== undefined && [plannedKey, plannedKey.split(":key/")[1]].includes(key);
}
