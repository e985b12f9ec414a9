import * as z from "zod";
import { printableJson } from "../../contract/printable";
import { recordFirstCopy } from "../change-window";
import { readLock, releaseLock } from "../lock/lock";
import type { ObjectStore, Services } from "../ports/services";
import { REPORT_FILE, type Report, reportSchema } from "../report";
import { type RunContext, runPrefix } from "../run-context";
import { jsonOrNothing, parseStored } from "../stored-json";
import { ROOT_FILE, Work } from "../work/work";
import { buildReport, type Ending, type RunError } from "./build-report";
import { type Outcome, outcomeOf } from "./outcome";
import { collectFailures } from "./run-failures";
import type { RunMetrics } from "./run-figures";
import { listFiles, listSkipped } from "./run-files";

/** All that another run's work state is read for: it may have been written by another version of this code. */
const startedSchema = z.looseObject({ startedAt: z.string() });

export interface FinishInput {
  /** What the state machine caught. */
  readonly error: RunError | undefined;
  /** Another run of the sync holds its lock. */
  readonly skipped: boolean;
}

/**
 * Writes the report, gives the lock back, says how the run ended. A repetition finds the report and says the same, but
 * counts nothing again.
 */
export async function finishRun(
  services: Services,
  metrics: RunMetrics,
  context: RunContext,
  input: FinishInput,
): Promise<Outcome> {
  const { objects } = services;
  const work = await Work.load(objects, context);
  const report = (await readReport(services, context)) ?? (await writeReport(services, metrics, context, input, work));
  if (report.status === "SUCCEEDED" && report.folders.listed > 0) {
    await recordFirstCopy(objects, context);
  }
  await releaseLock(objects, context, work?.root);
  return outcomeOf(report, `s3://${context.bucket}/${reportKey(context)}`);
}

async function writeReport(
  services: Services,
  metrics: RunMetrics,
  context: RunContext,
  input: FinishInput,
  work: Work | undefined,
): Promise<Report> {
  const { objects, clock } = services;
  // The fence: whatever of this run is still at work, such as a Lambda that was given up on, stops at its next commit;
  // what is invoked once more from here on does not begin.
  if (work !== undefined && work.root.takenOverBy === undefined) {
    work.root.takenOverBy = context.run;
    await work.commit();
  }
  const failures = await collectFailures(objects, context, work);
  const fileLists = await listFiles(objects, context, work);
  const skippedLists = await listSkipped(objects, context, work);
  const ended = await ending(services, context, input);
  const report = buildReport(context, work?.root, { failures, fileLists, skippedLists }, ended, clock.now());
  // Before the report, which keeps repetitions from counting: a function that dies in between counts the run once more,
  // never not at all.
  metrics.record(report);
  await objects.write(context.bucket, reportKey(context), printableJson(report));
  return report;
}

async function readReport({ objects }: Services, context: RunContext): Promise<Report | undefined> {
  const stored = await objects.read(context.bucket, reportKey(context));
  return stored && parseStored(reportSchema, stored.text, `s3://${context.bucket}/${reportKey(context)}`);
}

function reportKey({ prefix }: RunContext): string {
  return prefix + REPORT_FILE;
}

async function ending({ objects }: Services, context: RunContext, { error, skipped }: FinishInput): Promise<Ending> {
  if (error !== undefined) {
    return { kind: "error", error };
  }
  return skipped ? skippedFor(objects, context) : { kind: "finished" };
}

/** What is at work instead, and since when: the holder may be in its first slice, or have ended by now. */
async function skippedFor(objects: ObjectStore, context: RunContext): Promise<Ending> {
  const { bucket, server, sync } = context;
  const lock = await readLock(objects, context);
  if (lock === undefined) {
    return { kind: "skipped", holder: "that held the lock" };
  }
  const root = await objects.read(bucket, runPrefix(server, sync.Name, lock.run) + ROOT_FILE);
  const since = startedSchema.safeParse(jsonOrNothing(root?.text ?? "")).data?.startedAt;
  return { kind: "skipped", holder: lock.executionArn, since };
}
