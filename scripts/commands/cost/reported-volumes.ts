import type { Settings } from "../../../config/settings/settings";
import type { ServerDefinition } from "../../../contract/model";
import type { Report } from "../../../engine/report";
import { type AwsOptions, type AwsSession, openSession } from "../aws/access/session";
import { userPath } from "../paths";
import type { SyncVolume } from "./estimate";
import { awsReports, localReports } from "./reports";
import { reportedVolume } from "./volumes";

/** Whose last reports tell what runs copy; nobody's by default. */
export interface VolumeSource extends AwsOptions {
  /** A data directory of `local`. */
  readonly data?: string | undefined;
  /** AWS. */
  readonly reports?: boolean | undefined;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession | undefined;
}

export type ReportSource = (server: string, sync: string) => Promise<readonly Report[]>;

/** By the syncs' names; those that are not known are left out. @throws UserError, AwsFailure */
export async function reportedVolumes(
  { name, syncs }: ServerDefinition,
  reportsOf: ReportSource | undefined,
): Promise<ReadonlyMap<string, SyncVolume>> {
  const volumes = new Map<string, SyncVolume>();
  for (const { setting } of syncs) {
    const volume = reportsOf && reportedVolume(await reportsOf(name, setting.Name));
    if (volume !== undefined) {
      volumes.set(setting.Name, volume);
    }
  }
  return volumes;
}

/** @throws UserError, AwsFailure */
export async function reportSource(settings: Settings, options: VolumeSource): Promise<ReportSource | undefined> {
  if (options.data === undefined && options.reports !== true) {
    return undefined;
  }
  if (options.data !== undefined) {
    const data = userPath(options.data);
    return (server, sync) => localReports(data, settings, server, sync);
  }
  const session = options.session ?? (await openSession(options));
  return (server, sync) => awsReports(session, server, sync);
}
