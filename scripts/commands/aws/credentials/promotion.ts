import { once } from "node:events";
import { UserError } from "../../../../local/errors/user-error";
import { Interrupted } from "../../../../local/runner/interrupted";
import { isRefused } from "../access/aws-failure";
import type { ConnectionTest } from "../status/test-connection";
import { CURRENT, PENDING, PREVIOUS, type SecretVersions } from "./secret-versions";

/** Moves a label from one version of the secret to another. @throws AwsFailure */
export type Move = (label: string, versions: { readonly to?: string; readonly from?: string }) => Promise<void>;

/** What a step of a rotation needs. */
export interface Step {
  /** Has the connector log in with the current credentials. */
  test(): Promise<ConnectionTest>;
  /** The versions as they are now. */
  versions(): Promise<SecretVersions>;
  /** A command for this server: its name, then what follows the server. */
  command(...words: string[]): string;
  readonly signal: AbortSignal | undefined;
}

export interface Moved {
  /** The version that is current now. */
  readonly secretVersion: string;
  readonly test?: ConnectionTest;
  readonly isUndone?: boolean;
}

/**
 * Makes the next credentials current, if the connector gets in with them. The service has no test of credentials that are not
 * current: whatever keeps them from being tried, the old ones return.
 * @throws UserError where somebody else has changed what is current meanwhile; the next ones keep their label.
 */
export async function promote(versions: SecretVersions, move: Move, step: Step): Promise<Moved> {
  const { pending, current } = { pending: versions.get(PENDING), current: versions.get(CURRENT) };
  if (pending === undefined || current === undefined) {
    throw noNext(step.command);
  }
  if (pending === current) {
    throw new UserError(
      "The next credentials are the current ones already: an earlier call was cut off before they were tried",
      {
        next: `${step.command("test")}; where the connector does not get in, ${step.command("credentials", "--back")}`,
      },
    );
  }
  let test: ConnectionTest | undefined;
  let isMoved = true;
  try {
    await move(CURRENT, { to: pending, from: current }).catch((error: unknown) => {
      isMoved = !isRefused(error);
      throw error;
    });
    Interrupted.throwIf(step.signal);
    test = await unlessInterrupted(step.test(), step.signal);
  } finally {
    // What was refused needs no way back: where the next ones are current all the same, somebody else has promoted them.
    if (isMoved && !test?.isConnected) {
      await restore({ pending, current, previous: versions.get(PREVIOUS) }, move, step);
    }
  }
  if (!test.isConnected) {
    return { secretVersion: current, test, isUndone: true };
  }
  if ((await step.versions()).get(CURRENT) !== pending) {
    throw new UserError(
      "Somebody else has changed the credentials while the next ones were tried: which of them the connector got in with is not known",
      { next: `${step.command("credentials", "--promote")} tries the next ones again, which are kept` },
    );
  }
  await move(PENDING, { from: pending });
  return { secretVersion: pending, test };
}

export function noNext(command: Step["command"]): UserError {
  return new UserError("The secret holds no next credentials", { next: command("credentials", "--next") });
}

/** @throws Interrupted */
async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return work;
  }
  const interrupted = once(signal, "abort").then((): never => {
    throw new Interrupted();
  });
  return Promise.race([work, interrupted]);
}

interface Before {
  readonly pending: string;
  readonly current: string;
  readonly previous: string | undefined;
}

/** @throws UserError where the old credentials could not be put back. */
async function restore({ pending, current, previous }: Before, move: Move, step: Step): Promise<void> {
  try {
    // The answer to the first request may have been lost, or the request itself.
    if ((await step.versions()).get(CURRENT) === pending) {
      await move(CURRENT, { to: current, from: pending });
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `The next credentials are current, the connector did not get in with them or has not tried, and those before could not be put back: ${reason}`,
      { cause, next: `${step.command("credentials", "--back")}, as soon as AWS answers` },
    );
  }
  await forget(pending, previous, move, step);
}

/** AWS takes what has just been current for the credentials from before; nobody is to go back to credentials that were refused. */
async function forget(pending: string, previous: string | undefined, move: Move, step: Step): Promise<void> {
  try {
    if ((await step.versions()).get(PREVIOUS) === pending) {
      await move(PREVIOUS, { from: pending, ...(previous === undefined ? {} : { to: previous }) });
    }
  } catch {
    // Then `back` sees that they are the next ones, and refuses.
  }
}
