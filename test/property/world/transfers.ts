import type { FileResult } from "../../../engine/ports/services";
import { RESULT_PATHS } from "../../../local/faults/result-paths";
import type { RemoteFailure } from "../../../simulation/remote-failure";
import type { FileRules, Job as QueuedJob } from "../../../simulation/transfers";
import type { Dialect, Effect } from "./scenario";

/** One file of one accepted call, and the fault that it meets. */
export type Job = QueuedJob<Effect | undefined>;

const FAILURES: { readonly [name in Effect]?: RemoteFailure } = {
  fail: { code: "CONNECTION_LOST", message: "Connection reset by peer" },
  deny: { code: "PERMISSION_DENIED", message: "Permission denied" },
  gone: { code: "FILE_NOT_FOUND", message: "No such file" },
};

/** What a file's fault does to it. @param mark the fault that the next file meets. */
export function fileRules(mark: () => Effect | undefined): FileRules<Effect | undefined> {
  return {
    mark,
    isStuck: (job) => job.mark === "stick",
    fateOf: (job) => ({ failure: job.mark && FAILURES[job.mark] }),
  };
}

/** What is stuck moves again. */
export function unstick(jobs: readonly Job[]): void {
  for (const job of jobs) {
    job.mark = job.mark === "stick" ? undefined : job.mark;
  }
}

/** A file's result as the service tells it. */
export function told(result: FileResult, { resultPaths, completed }: Dialect): FileResult[] {
  const renamed = { ...result, path: RESULT_PATHS[resultPaths](result.path) };
  if (completed === "twice") {
    return [renamed, { ...renamed, status: "QUEUED" }];
  }
  if (result.status !== "COMPLETED" || completed === "told") {
    return [renamed];
  }
  return completed === "gaps" ? [] : [{ ...renamed, status: "UNKNOWN" }];
}
