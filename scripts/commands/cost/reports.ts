import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../../config/error-code";
import { FileTooLarge, NotAFile, readFileText } from "../../../config/file-text";
import type { Settings } from "../../../config/settings/settings";
import { REPORT_FILE, type Report, reportSchema } from "../../../engine/report";
import { runPrefix } from "../../../engine/run-context";
import { jsonOrNothing } from "../../../engine/stored-json";
import { LOCAL_ACCOUNT } from "../../../local/deployment/account";
import { UserError } from "../../../local/errors/user-error";
import { localSettings } from "../../../local/runner/local-settings";
import { listResultsBucketName } from "../../../stacks/naming/names";
import type { AwsSession } from "../aws/access/session";
import { listRuns } from "../aws/runs/list-runs";
import { ServerRuns } from "../aws/runs/server-runs";

/** Reports of a sync that an average is taken of. */
const LAST = 10;

/** Many times what a run writes; whoever may write in the data directory may put something else there. */
const MOST_REPORT_BYTES = 16 * 1024 ** 2;

/** The last reports of a sync that `local` has left in a data directory, the latest first. @throws UserError where there is none such. */
export async function localReports(data: string, settings: Settings, server: string, sync: string): Promise<Report[]> {
  if (!(await isFolder(data))) {
    throw new UserError(`There is no data directory ${data}`, {
      next: "name the one that local was given with --data",
    });
  }
  const bucket = join(data, listResultsBucketName(localSettings(settings), LOCAL_ACCOUNT));
  const runs = await readdir(join(bucket, runPrefix(server, sync, ""))).catch(nothingThere);
  const reports: Report[] = [];
  // Their names begin with the time.
  for (const run of [...(runs ?? [])].sort().reverse()) {
    const file = join(bucket, runPrefix(server, sync, run), REPORT_FILE);
    const text = await readFileText(file, MOST_REPORT_BYTES).catch(noReport);
    const report = reportSchema.safeParse(jsonOrNothing(text ?? "")).data;
    if (report !== undefined && reports.push(report) === LAST) {
      break;
    }
  }
  return reports;
}

const isFolder = async (path: string) => (await stat(path).catch(nothingThere))?.isDirectory() ?? false;

const NOT_THERE: readonly (string | undefined)[] = ["ENOENT", "ENOTDIR"];

function nothingThere(cause: unknown): undefined {
  if (!NOT_THERE.includes(errorCode(cause))) {
    throw new UserError(`The reports cannot be read (${errorCode(cause)})`, { cause, next: "name another --data" });
  }
}

/** What is no report, or damaged, tells nothing. */
function noReport(error: unknown): undefined {
  const isOther = error instanceof NotAFile || error instanceof FileTooLarge || error instanceof TypeError;
  return isOther ? undefined : nothingThere(error);
}

/** The last reports of a sync on AWS, the latest first. @throws UserError, AwsFailure */
export async function awsReports(session: AwsSession, server: string, sync: string): Promise<Report[]> {
  const runs = await ServerRuns.open(session, server);
  try {
    const listed = await listRuns(runs, { sync, limit: LAST });
    const reports = await Promise.all(listed.runs.map(({ run }) => runs.report(sync, run)));
    return reports.flatMap((report) => report ?? []);
  } finally {
    runs.close();
  }
}
