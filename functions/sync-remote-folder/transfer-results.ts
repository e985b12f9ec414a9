import { joinPath, objectKey } from "../shared/remote-path";
import type { Slice } from "../shared/run-slice";
import type { FileResult } from "../shared/services";
import { lookUpObjects } from "../shared/target-objects";
import { TRANSFER_TIMED_OUT } from "../shared/transfer-failure";
import type { Batch, FileItem, Intent, StartedBatch } from "../shared/work/items";
import type { TransferGroup } from "../shared/work/root";
import type { Work } from "../shared/work/work";

/** Batches asked for in vain before a round stops asking: the connector works off its queue in order. */
const MAX_UNFINISHED = 3;

/** A file whose transfer has ended, one way or the other. */
export interface EndedFile {
  readonly folder: string;
  readonly attempt: number;
  readonly file: FileItem;
  readonly result: FileResult;
}

export interface ResultsRound {
  readonly ended: EndedFile[];
  /** Batches to send (again): refused by the service, or in doubt for too long. */
  readonly again: Batch[];
  /** Batches that left the list of those in flight. */
  settled: number;
}

interface Group {
  readonly intent: Intent;
  /** `undefined`: nobody wrote down what became of the calls. */
  readonly started: readonly StartedBatch[] | undefined;
}

/** Reads what became of the transfers in flight, the oldest first. */
export class TransferResults {
  private readonly groups = new Map<string, Group>();
  /** Groups in doubt are held against S3 once in a slice. */
  private readonly doubted = new Set<string>();

  constructor(
    private readonly slice: Slice,
    private readonly work: Work,
  ) {}

  async read(): Promise<ResultsRound> {
    const round: ResultsRound = { ended: [], again: [], settled: 0 };
    let unfinished = 0;
    for (const transfer of this.work.root.transfers) {
      if (unfinished >= MAX_UNFINISHED || this.slice.services.clock.now() >= this.slice.until) {
        break;
      }
      unfinished += await this.readGroup(transfer, round, MAX_UNFINISHED - unfinished);
    }
    this.work.root.transfers = this.work.root.transfers.filter(({ pending }) => pending.length > 0);
    return round;
  }

  /** @returns how many batches were asked for and are not finished. */
  private async readGroup(transfer: TransferGroup, round: ResultsRound, patience: number): Promise<number> {
    const { intent, started } = await this.group(transfer.key);
    const left: number[] = [];
    let unfinished = 0;
    for (const index of transfer.pending) {
      const batch = intent.batches[index];
      if (batch === undefined || !this.isOurs(intent)) {
        round.settled += 1;
      } else if (unfinished < patience && (await this.readBatch(transfer, intent, batch, started?.[index], round))) {
        round.settled += 1;
      } else {
        left.push(index);
        unfinished += 1;
      }
    }
    transfer.pending = left;
    transfer.files = left.reduce((sum, index) => sum + (intent.batches[index]?.files.length ?? 0), 0);
    return unfinished;
  }

  /** Transfers taken over from a run with another destination belong to nobody's ledger. */
  private isOurs({ destination }: Intent): boolean {
    const { BucketName, Prefix } = this.slice.context.sync.LocalRepository;
    return destination.bucket === BucketName && destination.prefix === Prefix;
  }

  /** @returns whether the batch needs no further look. */
  private async readBatch(
    transfer: TransferGroup,
    intent: Intent,
    batch: Batch,
    started: StartedBatch | undefined,
    round: ResultsRound,
  ): Promise<boolean> {
    if (started === undefined || started.status === "unknown") {
      return this.readDoubtful(transfer, intent, batch, round);
    }
    if (started.status === "refused") {
      round.again.push(batch);
      return true;
    }
    if (started.status === "rejected") {
      round.ended.push(...endAll(batch, batch.files, started.name, started.message));
      return true;
    }
    const { services, context } = this.slice;
    const results = await services.connector.results(context.event.Connector, started.id);
    return results === undefined
      ? this.readDoubtful(transfer, intent, batch, round)
      : this.takeResults(transfer, batch, results, round);
  }

  private takeResults(
    transfer: TransferGroup,
    batch: Batch,
    results: readonly FileResult[],
    round: ResultsRound,
  ): boolean {
    const byPath = new Map(results.map((result) => [result.path, result]));
    const ended: EndedFile[] = [];
    const open: FileItem[] = [];
    for (const file of batch.files) {
      const result = byPath.get(joinPath(batch.folder, file.name));
      if (result?.status === "COMPLETED" || result?.status === "FAILED") {
        ended.push({ folder: batch.folder, attempt: batch.attempt, file, result });
      } else {
        open.push(file);
      }
    }
    const { timeouts } = this.slice.env;
    if (open.length > 0 && !this.isOlder(transfer, timeouts.transfer)) {
      return false;
    }
    round.ended.push(...ended, ...endAll(batch, open, TRANSFER_TIMED_OUT, `no result in ${timeouts.transfer} seconds`));
    return true;
  }

  /** Without an id only S3 can tell: a file of the listed size, not older than the intent, has arrived. */
  private async readDoubtful(
    transfer: TransferGroup,
    { destination }: Intent,
    batch: Batch,
    round: ResultsRound,
  ): Promise<boolean> {
    const doubt = `${transfer.key}/${JSON.stringify(batch.files[0])}`;
    if (this.doubted.has(doubt)) {
      return false;
    }
    this.doubted.add(doubt);
    const directory = objectKey(destination.prefix, joinPath(batch.folder, ""));
    const names = batch.files.map(({ name }) => name);
    const objects = await lookUpObjects(this.slice.services.objects, destination.bucket, directory, names);
    // LastModified has whole seconds.
    const since = Math.floor(Date.parse(transfer.startedAt) / 1000) * 1000;
    const missing = batch.files.filter(({ name, size }) => {
      const object = objects.get(name);
      const arrived = object !== undefined && object.lastModified.getTime() >= since;
      return !arrived || (size !== undefined && object.size !== size);
    });
    if (missing.length > 0 && !this.isOlder(transfer, this.slice.env.timeouts.inDoubt)) {
      return false;
    }
    const arrived = batch.files.filter((file) => !missing.includes(file));
    round.ended.push(...arrived.map((file) => endedFile(batch, file, "COMPLETED")));
    if (missing.length > 0) {
      this.work.root.counters.resentInDoubt += missing.length;
      round.again.push({ ...batch, files: missing });
    }
    return true;
  }

  private isOlder({ startedAt }: TransferGroup, seconds: number): boolean {
    return this.slice.services.clock.now().getTime() - Date.parse(startedAt) > seconds * 1000;
  }

  private async group(key: string): Promise<Group> {
    const known = this.groups.get(key);
    if (known !== undefined) {
      return known;
    }
    const group = { intent: await this.work.readIntent(key), started: await this.work.readStarted(key) };
    this.groups.set(key, group);
    return group;
  }
}

function endAll(batch: Batch, files: readonly FileItem[], code: string, message: string): EndedFile[] {
  return files.map((file) => endedFile(batch, file, "FAILED", code, message));
}

function endedFile(
  { folder, attempt }: Batch,
  file: FileItem,
  status: "COMPLETED" | "FAILED",
  failureCode?: string,
  failureMessage?: string,
): EndedFile {
  return { folder, attempt, file, result: { path: joinPath(folder, file.name), status, failureCode, failureMessage } };
}
