import { SecretsManagerClient, UpdateSecretVersionStageCommand } from "@aws-sdk/client-secrets-manager";
import { serverNames } from "../../../../config/naming/aws-names";
import { UserError } from "../../../../local/errors/user-error";
import { nextCommand } from "../access/next-command";
import { namedServer } from "../access/server-reference";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { type ConnectionTest, testConnection } from "../status/test-connection";
import { type Move, type Moved, noNext, promote, type Step } from "./promotion";
import { CURRENT, describedSecret, PENDING, PREVIOUS, type SecretVersions } from "./secret-versions";

/** `promote`: the next credentials become the current ones. `back`: those before become current again. `discard`: the next ones go. */
export type RotationStep = "promote" | "back" | "discard";

export interface RotationOptions extends AwsOptions {
  /** Name of a server, or its definition's file. */
  readonly server: string;
  readonly step: RotationStep;
  /** Aborted where the command is to end: credentials that were not tried until then do not stay current. */
  readonly signal?: AbortSignal | undefined;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
}

export interface Rotation {
  readonly server: string;
  /** The secret's name. */
  readonly secret: string;
  /** The version that is current now. */
  readonly secretVersion: string;
  /** What the connector said of it; absent where nothing was tried. */
  readonly test?: ConnectionTest;
  /** Whether the step was undone, since the connector did not get in with the next credentials. */
  readonly isUndone: boolean;
}

/**
 * Moves the labels of a secret's versions; no value is read.
 * @throws UserError where the secret holds no such version, or the old credentials could not be put back. @throws AwsFailure, Interrupted
 */
export async function rotateCredentials(options: RotationOptions): Promise<Rotation> {
  const session = options.session ?? (await openSession(options));
  const named = await namedServer(options.server, session.limits);
  const secret = serverNames(session.installation, named.name).secret;
  const client = new SecretsManagerClient(session.config);
  const move: Move = async (label, { to, from }) => {
    const command = new UpdateSecretVersionStageCommand({
      SecretId: secret,
      VersionStage: label,
      MoveToVersionId: to,
      RemoveFromVersionId: from,
    });
    await session.ask(`secretsmanager:UpdateSecretVersionStage ${secret}`, () => client.send(command));
  };
  try {
    const versions = await describedSecret(session, client, secret, named);
    const command = (...words: string[]) =>
      nextCommand([...words.slice(0, 1), named.name, ...words.slice(1)], session.flags);
    const moved = await STEPS[options.step](versions, move, {
      test: () => testConnection({ server: named.name, session }),
      versions: () => describedSecret(session, client, secret, named),
      command,
      signal: options.signal,
    });
    return { server: named.name, secret, isUndone: false, ...moved };
  } finally {
    client.destroy();
  }
}

const STEPS: Readonly<Record<RotationStep, (versions: SecretVersions, move: Move, step: Step) => Promise<Moved>>> = {
  promote,
  back: async (versions, move, { test, command }) => {
    const { previous, current } = { previous: versions.get(PREVIOUS), current: versions.get(CURRENT) };
    if (previous === undefined || current === undefined) {
      throw new UserError("The secret holds no credentials from before", {
        next: "put them there again: the same command without --back",
      });
    }
    if (previous === versions.get(PENDING)) {
      throw new UserError(
        "What the secret holds as credentials from before are the next ones, which were tried and undone",
        {
          next: command("credentials", "--discard"),
        },
      );
    }
    await move(CURRENT, { to: previous, from: current });
    return { secretVersion: previous, test: await test() };
  },
  discard: async (versions, move, { command }) => {
    const pending = versions.get(PENDING);
    if (pending === undefined || pending === versions.get(CURRENT)) {
      throw noNext(command);
    }
    await move(PENDING, { from: pending });
    if (versions.get(PREVIOUS) === pending) {
      await move(PREVIOUS, { from: pending }); // Nobody is to go back to them.
    }
    return { secretVersion: versions.get(CURRENT) ?? "" };
  },
};
