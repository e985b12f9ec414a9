import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Limits } from "../../../../config/load-definitions";
import type { Installation } from "../../../../config/naming/aws-names";
import { RETRYING } from "../../../../functions/aws/client-options";
import { UserError } from "../../../../local/errors/user-error";
import { loadSettings } from "../../settings";
import { awsFailure } from "./aws-failure";

/** Flags of every command that works against AWS. */
export interface AwsOptions {
  /** Of the AWS configuration files; default: what the SDK's credential chain finds. */
  readonly profile?: string | undefined;
  /** Default: the settings' own. */
  readonly region?: string | undefined;
}

/** What every SDK client is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly profile?: string;
  /** Another place than AWS, for an emulator; AWS_ENDPOINT_URL says the same. */
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface Account {
  /** 12 digits. */
  readonly id: string;
  /** `aws`, or what the ARNs of another part of AWS begin with. */
  readonly partition: string;
}

/** An installation in the account of whoever calls. Nothing is asked of AWS before something is needed. */
export class AwsSession {
  readonly config: typeof RETRYING & ClientConfig;
  private found: Promise<Account> | undefined;

  constructor(
    readonly installation: Installation,
    config: ClientConfig,
    /** Flags that were given; commands that are advised repeat them. */
    readonly flags: AwsOptions = {},
    /** What the installation's settings make of definitions. */
    readonly limits: Limits = {},
  ) {
    this.config = { ...RETRYING, ...config };
  }

  /** @throws AwsFailure */
  account(): Promise<Account> {
    this.found ??= this.ask("sts:GetCallerIdentity", () => callerAccount(this.config));
    return this.found;
  }

  /**
   * One request, or several that belong together.
   * @param action as policies name it, with what it is asked for: `ssm:GetParameter /sftp-sync/partner/orders`.
   * @throws AwsFailure for whatever AWS, or the way to it, refuses.
   */
  async ask<T>(action: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw awsFailure(error, { action, region: this.config.region, profile: this.config.profile });
    }
  }
}

/** @throws UserError for settings that are wrong, and for credentials of another account than theirs. @throws AwsFailure */
export async function openSession({ profile, region }: AwsOptions): Promise<AwsSession> {
  const settings = await loadSettings();
  const installation = { namePrefix: settings.namePrefix, region: region ?? settings.region };
  const config = { region: installation.region, ...(profile === undefined ? {} : { profile }) };
  const session = new AwsSession(installation, config, { profile, region }, settings);
  if (settings.account !== undefined) {
    await expectAccount(session, settings.account);
  }
  return session;
}

/** The same names may be in another account too, as those of another environment. */
async function expectAccount(session: AwsSession, expected: string): Promise<void> {
  const { id } = await session.account();
  if (id !== expected) {
    throw new UserError(
      `The AWS credentials belong to the account ${id}, but the setting account says ${expected}. Nothing was done.`,
      {
        next: `name a profile of the account ${expected} with --profile, or the environment that is in ${id} with --env`,
      },
    );
  }
}

async function callerAccount(config: AwsSession["config"]): Promise<Account> {
  const client = new STSClient(config);
  try {
    const { Account: id = "", Arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    return { id, partition: Arn.split(":")[1] ?? "aws" };
  } finally {
    client.destroy();
  }
}
