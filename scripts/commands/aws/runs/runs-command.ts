import { serverOf } from "../access/deployed-syncs";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { type FoundRun, findRun, withFiles } from "./find-run";
import { type ListedRuns, listRuns, type RunsOptions } from "./list-runs";
import { ServerRuns } from "./server-runs";

export interface RunsCommandOptions extends AwsOptions {
  /** Name of a server, or its definition's file. */
  readonly server: string;
  /** Only this sync's runs. */
  readonly sync?: string | undefined;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
}

/** The latest runs of a server, at most so many, or of one of its syncs. @throws UserError, AwsFailure */
export async function latestRuns(options: RunsCommandOptions & RunsOptions): Promise<ListedRuns> {
  return withRuns(options, (_, runs) => listRuns(runs, options));
}

/**
 * What a run of a server did. @param options `run` is its name; default: the latest. `all`: every file that it transferred.
 * @throws UserError, AwsFailure
 */
export async function reportOfRun(
  options: RunsCommandOptions & { readonly run?: string | undefined; readonly all?: boolean | undefined },
): Promise<FoundRun & { readonly reportUri: string }> {
  return withRuns(options, async (session, runs) => {
    const named = await findRun(session, runs, { name: options.run, sync: options.sync });
    const found = await withFiles(runs, named, options.all);
    const sync = found.report?.sync ?? found.run?.sync ?? "";
    const run = found.report?.run ?? found.run?.run ?? "";
    return { ...found, reportUri: `s3://${runs.places.bucket}/${runs.reportKey(sync, run)}` };
  });
}

async function withRuns<T>(
  options: RunsCommandOptions,
  work: (session: AwsSession, runs: ServerRuns) => Promise<T>,
): Promise<T> {
  const session = options.session ?? (await openSession(options));
  const { name } = await serverOf(session, options);
  const runs = await ServerRuns.open(session, name);
  try {
    return await work(session, runs);
  } finally {
    runs.close();
  }
}
