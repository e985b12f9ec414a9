import type { FileResult, TransferRequest } from "../../../engine/ports/services";
import { RESULT_PATHS } from "../../../local/faults/result-paths";
import type { FakeObjects } from "../../engine/support/fake-objects";
import type { FakeClock } from "../../engine/support/fake-services";
import type { RemoteTree } from "./remote-tree";
import type { Dialect, Effect } from "./scenario";

/** One file of one accepted call. */
export interface Job {
  readonly transferId: string;
  readonly path: string;
  readonly key: string;
  status: FileResult["status"];
  effect: Effect | undefined;
  /** What arrived. */
  content: string | undefined;
  endedAt: Date | undefined;
}

const FAILURES: { readonly [name in Effect]?: { readonly code: string; readonly message: string } } = {
  fail: { code: "CONNECTION_LOST", message: "Connection reset by peer" },
  deny: { code: "PERMISSION_DENIED", message: "Permission denied" },
  gone: { code: "FILE_NOT_FOUND", message: "No such file" },
};

function told(result: FileResult, { resultPaths, completed }: Dialect): FileResult[] {
  const renamed = { ...result, path: RESULT_PATHS[resultPaths](result.path) };
  if (completed === "twice") {
    return [renamed, { ...renamed, status: "QUEUED" }];
  }
  if (result.status !== "COMPLETED" || completed === "told") {
    return [renamed];
  }
  return completed === "gaps" ? [] : [{ ...renamed, status: "UNKNOWN" }];
}

/** The connector's queue of files: accepted now, moved in order some time later, as the remote then is. */
export class Transfers {
  readonly jobs: Job[] = [];
  private ids = 0;

  constructor(
    private readonly objects: FakeObjects,
    private readonly remote: RemoteTree,
    private readonly clock: FakeClock,
    private readonly dialect: Dialect,
  ) {}

  /** Files that wait; what is stuck is on its way. */
  get queued(): number {
    return this.jobs.filter(({ status, effect }) => status === "QUEUED" && effect !== "stick").length;
  }

  /** @param effect says what becomes of the next file. */
  accept({ paths, destination }: TransferRequest, effect: () => Effect | undefined): Job[] {
    this.ids += 1;
    const transferId = `t-${this.ids}`;
    const jobs = paths.map((path): Job => {
      const key = `${destination}${path.slice(path.lastIndexOf("/"))}`;
      return { transferId, path, key, status: "QUEUED", effect: effect(), content: undefined, endedAt: undefined };
    });
    this.jobs.push(...jobs);
    return jobs;
  }

  results(transferId: string): FileResult[] {
    return this.jobs
      .filter((job) => job.transferId === transferId)
      .map(({ path, status, effect }) => {
        const failure = status === "FAILED" ? FAILURES[effect ?? "gone"] : undefined;
        return { path, status, failureCode: failure?.code, failureMessage: failure?.message };
      })
      .flatMap((result) => told(result, this.dialect));
  }

  move(files: number): void {
    const moving = this.jobs.filter(({ status, effect }) => status === "QUEUED" && effect !== "stick");
    for (const job of moving.slice(0, files)) {
      this.moveFile(job);
    }
  }

  /** What was stuck moves again. */
  unstick(): void {
    for (const job of this.jobs) {
      job.effect = job.effect === "stick" ? undefined : job.effect;
    }
  }

  private moveFile(job: Job): void {
    const version = this.remote.file(job.path);
    job.endedAt = this.clock.now();
    if (version === undefined || job.effect !== undefined) {
      job.status = "FAILED";
      return;
    }
    const [, bucket = "", ...key] = job.key.split("/");
    this.objects.put(bucket, key.join("/"), {
      text: version.content,
      size: version.bytes,
      lastModified: this.clock.now(),
    });
    job.content = version.content;
    job.status = "COMPLETED";
  }
}
