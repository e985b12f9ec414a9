import { SecretsManagerClient, UpdateSecretVersionStageCommand } from "@aws-sdk/client-secrets-manager";
import { UserError } from "../../../../local/errors/user-error";
import { serverNames } from "../../../../stacks/naming/names";
import { nextCommand } from "../access/next-command";
import { namedServer } from "../access/server-reference";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { type ConnectionTest, testConnection } from "../status/test-connection";
import { CURRENT, describedSecret, PENDING, PREVIOUS, type SecretVersions } from "./secret-versions";

/** `promote`: the next credentials become the current ones. `back`: those before become current again. `discard`: the next ones go. */
export type RotationStep = "promote" | "back" | "discard";

export interface RotationOptions extends AwsOptions {
  /** Name of a server, or its definition's file. */
  readonly server: string;
  readonly step: RotationStep;
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

/** Moves the labels of a secret's versions; no value is read. */
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
    const moved = await STEPS[options.step](versions, move, {
      test: () => testConnection({ server: named.name, session }),
      stage: nextCommand(["credentials", named.name, "--next"], session.flags),
    });
    return { server: named.name, secret, isUndone: false, ...moved };
  } finally {
    client.destroy();
  }
}

type Move = (label: string, versions: { readonly to?: string; readonly from?: string }) => Promise<void>;

interface Step {
  test(): Promise<ConnectionTest>;
  /** The command that puts the next credentials. */
  readonly stage: string;
}

type Moved = Pick<Rotation, "secretVersion" | "test"> & { readonly isUndone?: boolean };

const STEPS: Readonly<Record<RotationStep, (versions: SecretVersions, move: Move, step: Step) => Promise<Moved>>> = {
  promote: async (versions, move, { test, stage }) => {
    const { pending, current } = { pending: versions.get(PENDING), current: versions.get(CURRENT) };
    if (pending === undefined || current === undefined || pending === current) {
      throw new UserError("The secret holds no next credentials", { next: stage });
    }
    await move(CURRENT, { to: pending, from: current });
    let result: ConnectionTest | undefined;
    try {
      result = await test();
    } finally {
      // The service has no test of credentials that are not current: whatever keeps them from being tried, the old ones return.
      if (!result?.isConnected) {
        await move(CURRENT, { to: current, from: pending });
      }
    }
    if (!result.isConnected) {
      return { secretVersion: current, test: result, isUndone: true };
    }
    await move(PENDING, { from: pending });
    return { secretVersion: pending, test: result };
  },
  back: async (versions, move, { test }) => {
    const { previous, current } = { previous: versions.get(PREVIOUS), current: versions.get(CURRENT) };
    if (previous === undefined || current === undefined) {
      throw new UserError("The secret holds no credentials from before", {
        next: "put them there again: the same command without --back",
      });
    }
    await move(CURRENT, { to: previous, from: current });
    return { secretVersion: previous, test: await test() };
  },
  discard: async (versions, move, { stage }) => {
    const pending = versions.get(PENDING);
    if (pending === undefined || pending === versions.get(CURRENT)) {
      throw new UserError("The secret holds no next credentials", { next: stage });
    }
    await move(PENDING, { from: pending });
    return { secretVersion: versions.get(CURRENT) ?? "" };
  },
};
