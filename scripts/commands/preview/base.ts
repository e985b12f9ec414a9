import { stat } from "node:fs/promises";
import type { Settings } from "../../../config/settings/settings";
import { UserError } from "../../../local/errors/user-error";
import type { BaseObjects } from "../../../local/s3/base-objects";
import { isWithoutCredentials } from "../aws/access/aws-failure";
import { deployedSyncs } from "../aws/access/deployed-syncs";
import { type AwsOptions, type AwsSession, openSession } from "../aws/access/session";
import { userPath } from "../paths";
import { AwsBase } from "./aws-base";
import { folderBase } from "./folder-base";

/** What a preview is held against. */
export interface Base {
  /** `empty`: nothing was copied yet. */
  readonly kind: "deployed" | "folder" | "empty";
  /** For people: which bucket or folder it is, or why it is empty. */
  readonly words: string;
  /** Absent where it is empty. */
  readonly objects?: BaseObjects;
  /** @throws what kept it from being read. */
  check(): void;
  close(): void;
}

export interface BaseOptions extends AwsOptions {
  /** A data directory of `local`. */
  readonly data?: string | undefined;
  /** Nothing, whatever is deployed. */
  readonly empty?: boolean | undefined;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession | undefined;
}

/**
 * The data directory that was named; else what is deployed, where there are AWS credentials and the server is deployed; else nothing.
 * @throws UserError, AwsFailure
 */
export async function openBase(server: string, settings: Settings, options: BaseOptions): Promise<Base> {
  if (options.data !== undefined) {
    const folder = userPath(options.data);
    const isFolder = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      throw new UserError(`There is no data directory ${folder}`, {
        next: "name one that local has used, or leave --data out",
      });
    }
    return { ...NOTHING, kind: "folder", words: `the data directory ${folder}`, objects: folderBase(folder) };
  }
  return options.empty ? emptyBase("as --empty says") : deployedBase(server, settings, options);
}

const NOTHING = { check: () => undefined, close: () => undefined };

const emptyBase = (why: string): Base => ({ ...NOTHING, kind: "empty", words: `an empty target, ${why}` });

async function deployedBase(server: string, settings: Settings, options: BaseOptions): Promise<Base> {
  try {
    const session = options.session ?? (await openSession(options));
    const { id } = await session.account();
    if ((await deployedSyncs(session, server)).length === 0) {
      return emptyBase(`since ${server} is not deployed to the account ${id} in ${session.config.region}`);
    }
    return await AwsBase.open(session, server, settings);
  } catch (error) {
    if (isWithoutCredentials(error)) {
      return emptyBase("since there are no AWS credentials here");
    }
    throw error;
  }
}
