import { nextStep } from "../../contract/next-step";
import { notificationSubject } from "../../contract/notification";
import { printable, shortened } from "../../contract/printable";
import type { Report } from "../report";

const MAX_EXAMPLES = 10;
const MAX_EXAMPLE_CHARACTERS = 300;

const AFTER_SKIPPED =
  "Wait for that run to end, then start this one again; to end that one at once, use npx sftp-sync stop SERVER SYNC, or aws " +
  "stepfunctions stop-execution. " +
  "A dry run does not wait.";

/** What the state machine decides on, and what the notification says. Its size does not depend on the tree. */
export interface Outcome {
  readonly Status: Report["status"];
  readonly Error?: { readonly Name: string; readonly Message: string };
  readonly Subject: string;
  readonly Message: string;
}

/** @param reportUri where the report lies, for the notification: `s3://BUCKET/KEY`. */
export function outcomeOf(report: Report, reportUri: string): Outcome {
  const { server, sync, status, error } = report;
  const subject = `SFTP sync ${status === "FAILED" ? (error?.name ?? "failed") : status}: ${server} / ${sync}`;
  return {
    Status: status,
    ...(error === undefined ? {} : { Error: { Name: error.name, Message: clip(error.message) } }),
    Subject: notificationSubject(subject),
    Message: message(report, reportUri),
  };
}

function message(report: Report, reportUri: string): string {
  const { server, sync, folder, folders, files, bytes, failures, furtherFailures, error, execution } = report;
  const skipped = Object.values(files.skipped).reduce((sum, count) => sum + count, 0);
  const examples = failures.slice(0, MAX_EXAMPLES).map(({ path, reason }) => `  ${clip(`${path}: ${reason}`)}`);
  const omitted = folders.failed + folders.truncated + files.failed - examples.length;
  return [
    `Server ${server}, sync ${sync}, folder ${printable(folder)}`,
    error === undefined ? report.status : `${error.name}: ${clip(error.message)}`,
    ...(report.status === "SKIPPED" ? [...report.warnings, `What to do: ${AFTER_SKIPPED}`] : []),
    "",
    ...(examples.length === 0 ? [] : ["What failed:", ...examples]),
    ...(omitted > 0 ? [`  ... and ${omitted} more`] : []),
    `Done all the same: ${folders.listed} folders listed, ${files.transferred} files (${bytes} bytes) transferred, ${skipped} skipped.`,
    ...(files.unfinished > 0 ? [`${files.unfinished} files were not finished; the next run takes them up.`] : []),
    ...(error === undefined ? [] : [`What to do: ${nextStep(error.name, report)}`]),
    `Report: ${reportUri}`,
    ...(furtherFailures === undefined ? [] : [everyFailure(furtherFailures, reportUri)]),
    `Execution: ${execution}`,
  ].join("\n");
}

function everyFailure({ lists, unlisted }: NonNullable<Report["furtherFailures"]>, reportUri: string): string {
  const rest = unlisted === undefined ? "" : ` (but ${unlisted} more, for which there was no room)`;
  return `Every failure: ${listsOf(lists, reportUri)}${rest}`;
}

/** Lists lie beside the report. */
function listsOf(names: readonly string[], reportUri: string): string {
  const [first = "", ...others] = names.map((name) => reportUri.replace(/[^/]*$/, name));
  const last = others.at(-1);
  return last === undefined ? first : `${first} to ${last}`;
}

/** The path or the words may be a partner's: they make no line of their own. */
function clip(foreign: string): string {
  return shortened(printable(foreign), MAX_EXAMPLE_CHARACTERS);
}
