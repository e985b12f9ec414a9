import type { FileResult, TransferRequest } from "../engine/ports/services";
import type { Surroundings } from "./connector";
import type { RemoteFailure } from "./remote-failure";

/** One file of one accepted call. */
export interface Job<Mark> {
  readonly transferId: string;
  readonly path: string;
  /** `/bucket/key` */
  readonly key: string;
  status: FileResult["status"];
  /** For who has the rules. */
  mark: Mark;
  failure: RemoteFailure | undefined;
  /** What arrived. */
  content: string | undefined;
  endedAt: Date | undefined;
}

export interface AcceptedTransfer<Mark> {
  readonly id: string;
  readonly jobs: readonly Job<Mark>[];
}

/** What becomes of a file whose turn has come; by itself it arrives as it is. */
export interface FileFate {
  readonly failure?: RemoteFailure | undefined;
  /** It is told to have arrived, and never did. */
  readonly isLost?: boolean;
  /** Bytes that arrive in the place of its own. */
  readonly bytes?: number | undefined;
}

/** What goes wrong, and who decides it. */
export interface FileRules<Mark> {
  /** Of a file that is accepted now; called for one after the other. */
  mark(path: string): Mark;
  /** Whether the file does not move for now, without being in the way of others. */
  isStuck(job: Job<Mark>): boolean;
  fateOf(job: Job<Mark>): FileFate;
}

const NOT_FOUND: RemoteFailure = { code: "FILE_NOT_FOUND", message: "No such file" };

/** The connector's queue of files: accepted now, moved in order some time later, as the remote then is. */
export class Transfers<Mark> {
  readonly jobs: Job<Mark>[] = [];
  private open: Job<Mark>[] = [];
  private readonly byId = new Map<string, readonly Job<Mark>[]>();

  constructor(
    private readonly surroundings: Surroundings,
    private readonly rules: FileRules<Mark>,
  ) {}

  /** Files that have not ended, in order. */
  get waiting(): readonly Job<Mark>[] {
    return this.open;
  }

  /** Files that wait; what is stuck is on its way. */
  get queued(): number {
    return this.open.filter((job) => !this.rules.isStuck(job)).length;
  }

  accept({ paths, destination }: TransferRequest): AcceptedTransfer<Mark> {
    const transferId = `t-${this.byId.size + 1}`;
    const jobs = paths.map((path): Job<Mark> => {
      const key = `${destination}${path.slice(path.lastIndexOf("/"))}`;
      const open = { status: "QUEUED", failure: undefined, content: undefined, endedAt: undefined } as const;
      return { transferId, path, key, mark: this.rules.mark(path), ...open };
    });
    this.byId.set(transferId, jobs);
    this.jobs.push(...jobs);
    this.open.push(...jobs);
    return { id: transferId, jobs };
  }

  /** @returns `undefined` where there is no such transfer. */
  results(transferId: string): FileResult[] | undefined {
    return this.byId.get(transferId)?.map(({ path, status, failure }) => ({
      path,
      status,
      failureCode: failure?.code,
      failureMessage: failure?.message,
    }));
  }

  /** Lets the first files of the queue arrive, or fail. */
  move(files = Number.POSITIVE_INFINITY): void {
    let left = files;
    this.open = this.open.filter((job) => {
      const isMoving = left > 0 && !this.rules.isStuck(job);
      if (isMoving) {
        left -= 1;
        this.moveFile(job);
      }
      return !isMoving;
    });
  }

  private moveFile(job: Job<Mark>): void {
    const { objects, remote, clock } = this.surroundings;
    const version = remote.file(job.path);
    const { failure, isLost = false, bytes } = this.rules.fateOf(job);
    job.endedAt = clock.now();
    job.failure = failure ?? (version === undefined ? NOT_FOUND : undefined);
    job.status = job.failure === undefined ? "COMPLETED" : "FAILED";
    if (version !== undefined && job.failure === undefined && !isLost) {
      const [, bucket = "", ...key] = job.key.split("/");
      objects.put(bucket, key.join("/"), { text: version.content, size: bytes ?? version.bytes });
      job.content = version.content;
    }
  }
}
