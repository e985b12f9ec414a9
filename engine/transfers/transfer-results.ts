import { inParallel } from "../../config/in-parallel";
import type { FailureCause } from "../failures/failure";
import { BackPressure } from "../ports/errors";
import type { FileResult } from "../ports/services";
import type { Slice } from "../slice";
import type { Batch, FileItem, Intent, StartedBatch } from "../work/items";
import type { TransferGroup } from "../work/root";
import type { Work } from "../work/work";
import { MAX_ATTEMPTS } from "./batches";
import { completedFile, type EndedFile, failedFile, type SentFiles, toldFile } from "./ended-file";
import { type DoubtfulFiles, lookForFiles } from "./in-doubt";
import { matchResults, resultsOfMissing } from "./match-results";
import { warnOfDialect } from "./result-warnings";
import { toldFiles } from "./told-files";

export interface ResultsRound {
  readonly ended: EndedFile[];
  /** Ended for a run that this one took over: the ledger learns of them, this run's figures do not. */
  readonly inherited: EndedFile[];
  /** Batches to send (again): refused by the service, or in doubt for too long. */
  readonly again: Batch[];
  /** Batches that left the list of those in flight. */
  readonly settled: number;
  /** Not all that may have ended was read. */
  readonly isCutShort: boolean;
}

export const NO_RESULTS: ResultsRound = { ended: [], inherited: [], again: [], settled: 0, isCutShort: false };

/** `open`: asked for, and not finished. `waiting`: not asked for, or in doubt and not in S3 yet. */
type BatchState = "settled" | "open" | "waiting";

type RejectedBatch = Extract<StartedBatch, { status: "rejected" }>;

interface Group {
  readonly intent: Intent;
  /** `undefined`: nobody wrote down what became of the calls. */
  readonly started: readonly StartedBatch[] | undefined;
}

/** Transfers that are asked for at once: one after the other they take longer than small files do. */
const QUESTIONS_AT_ONCE = 5;

/** What one pass over the transfers finds. */
interface Findings {
  readonly ended: EndedFile[];
  readonly again: Batch[];
}

/** A batch in flight, and where to put what is found of it. */
interface SentBatch extends SentFiles {
  readonly transfer: TransferGroup;
  readonly intent: Intent;
  readonly findings: Findings;
}

/** Folders whose files are verified and recorded in one round; it is committed before the next one begins. */
const MAX_FOLDERS_PER_ROUND = 20;

/**
 * Batches read in one round: half of a connector's queue of 1,000 files. While their files are recorded, and others take their
 * places, the other half is on its way.
 */
const MAX_BATCHES_PER_ROUND = 50;

function foldersOf({ ended }: Findings): number {
  return new Set(ended.map(({ folder }) => folder)).size;
}

/** One name may be what the service rejects: sent again alone, it does not take the other files with it. */
function takeRejected(sent: SentBatch, { name, message }: RejectedBatch): void {
  const { batch, findings } = sent;
  if (batch.files.length === 1) {
    const failure = { kind: "rejected", detail: `${name}: ${message}` } as const;
    findings.ended.push(...batch.files.map((file) => failedFile(sent, file, failure)));
  } else {
    findings.again.push(...batch.files.map((file) => ({ ...batch, files: [file] })));
  }
}

/** Reads what became of the transfers in flight, the oldest first. */
export class TransferResults {
  private readonly groups = new Map<string, Group>();
  /** Batches in doubt are held against S3 once in a slice. */
  private readonly doubted = new Set<string>();
  /** One question goes ahead alone, since the service may say *later*. */
  private questionsAtOnce = 1;
  /** The service has said *later*: nothing more is asked in this slice. */
  private isHeldBack = false;

  constructor(
    private readonly slice: Slice,
    private readonly work: Work,
  ) {}

  /** Reads until everything is read that can have ended, or enough for one round, or the slice's time is up. */
  async read(): Promise<ResultsRound> {
    const { root } = this.work;
    const own: Findings = { ended: [], again: [] };
    const inherited: Findings = { ended: [], again: [] };
    // The connector works on so many files at a time, in order: behind as many open batches nothing can have ended.
    let patience = this.slice.env.maxConcurrentConnections + 1;
    let settled = 0;
    let isCutShort = false;
    for (const transfer of root.transfers) {
      const isTimeUp = this.slice.services.clock.now() >= this.slice.until;
      isCutShort =
        isTimeUp || settled >= MAX_BATCHES_PER_ROUND || foldersOf(own) + foldersOf(inherited) >= MAX_FOLDERS_PER_ROUND;
      if (isCutShort) {
        break;
      }
      if (patience <= 0 && transfer.queued) {
        continue;
      }
      const before = transfer.pending.length;
      patience -= await this.readGroup(transfer, this.work.isOwn(transfer) ? own : inherited, patience);
      settled += before - transfer.pending.length;
    }
    root.transfers = root.transfers.filter(({ pending }) => pending.length > 0);
    return { ...own, inherited: inherited.ended, settled, isCutShort };
  }

  /** @returns how many batches were asked for and are open. */
  private async readGroup(transfer: TransferGroup, findings: Findings, patience: number): Promise<number> {
    const group = await this.group(transfer);
    const left: number[] = [];
    let open = 0;
    const unread = [...transfer.pending];
    while (unread.length > 0) {
      const mayAsk = open < patience;
      // No more at once than may turn out to be open.
      const some = unread.splice(0, mayAsk ? Math.min(this.questionsAtOnce, patience - open) : unread.length);
      const states = await inParallel(some, QUESTIONS_AT_ONCE, (index) =>
        this.indexState(transfer, group, index, mayAsk, findings),
      );
      open += states.filter((state) => state === "open").length;
      left.push(...some.filter((_, at) => states[at] !== "settled"));
    }
    transfer.pending = left;
    transfer.queued = left.every((index) => group?.started?.[index]?.status === "started");
    transfer.files = left.reduce((sum, index) => sum + (group?.intent.batches[index]?.files.length ?? 0), 0);
    return open;
  }

  private async indexState(
    transfer: TransferGroup,
    group: Group | undefined,
    index: number,
    mayAsk: boolean,
    findings: Findings,
  ): Promise<BatchState> {
    const batch = group?.intent.batches[index];
    if (group === undefined || batch === undefined) {
      return "settled";
    }
    const sent = { transfer, intent: group.intent, batch, sent: transfer, findings };
    return this.batchState(sent, group.started?.[index], mayAsk);
  }

  private async batchState(sent: SentBatch, started: StartedBatch | undefined, mayAsk: boolean): Promise<BatchState> {
    if (started === undefined) {
      // The function's fault, which says nothing about the files.
      return this.readDoubtful(sent, undefined);
    }
    if (started.status === "unknown") {
      return this.readDoubtful(sent, started.message);
    }
    if (started.status === "refused") {
      sent.findings.again.push(sent.batch);
      return "settled";
    }
    if (started.status === "rejected") {
      takeRejected(sent, started);
      return "settled";
    }
    return mayAsk && !this.isHeldBack ? this.ask(sent, started.id) : "waiting";
  }

  private async ask(sent: SentBatch, transferId: string): Promise<BatchState> {
    const { services, context } = this.slice;
    try {
      const results = await services.connector.results(context.event.Connector, transferId);
      return results === undefined
        ? await this.readDoubtful(sent, "the service does not know the transfer")
        : await this.takeResults(sent, results);
    } catch (error) {
      if (!(error instanceof BackPressure)) {
        throw error;
      }
      this.isHeldBack = true;
      return "waiting";
    } finally {
      this.questionsAtOnce = QUESTIONS_AT_ONCE;
    }
  }

  private async takeResults(sent: SentBatch, results: readonly FileResult[]): Promise<BatchState> {
    const { transfer, batch, findings } = sent;
    const matched = matchResults(batch, results);
    warnOfDialect(this.work, batch, matched);
    const { ended, open, untold } = toldFiles(sent, matched);
    const { timeouts } = this.slice.env;
    const isTimeUp = this.isOlder(transfer, timeouts.transfer);
    if (!isTimeUp && (open.length > 0 || (untold.length > 0 && !this.mayLookFor(sent)))) {
      return "open";
    }
    // Of these the service says nothing, or nothing more: S3 has the last word.
    const { arrived, changed, missing } = await this.lookFor(sent, [...open, ...untold]);
    const there = [...arrived, ...changed];
    const ofMissing = resultsOfMissing(matched.strange, there.length, missing.length);
    if (missing.length > 0 && ofMissing === undefined && !isTimeUp) {
      return "open";
    }
    const late: FailureCause = {
      kind: "no-result",
      detail: `TRANSFER_TIMED_OUT: no result in ${timeouts.transfer} seconds`,
    };
    findings.ended.push(
      ...ended,
      ...there.map((file) => completedFile(sent, file)),
      ...missing.map((file, index) => {
        const told = ofMissing?.[index];
        return told === undefined ? failedFile(sent, file, late) : toldFile(sent, file, told);
      }),
    );
    return "settled";
  }

  /** @param noAnswer how the service failed to answer; `undefined` where it may have. */
  private async readDoubtful(sent: SentBatch, noAnswer: string | undefined): Promise<BatchState> {
    const { transfer, batch, findings } = sent;
    if (!this.mayLookFor(sent)) {
      return "waiting";
    }
    const { env } = this.slice;
    const { arrived, changed, missing: absent } = await this.lookFor(sent, batch.files);
    const missing = [...changed, ...absent];
    if (missing.length > 0 && !this.isOlder(transfer, env.timeouts.inDoubt)) {
      return "waiting";
    }
    findings.ended.push(...arrived.map((file) => completedFile(sent, file)));
    const doubts = batch.doubts + (noAnswer === undefined ? 0 : 1);
    if (doubts >= MAX_ATTEMPTS) {
      const detail = `TRANSFER_IN_DOUBT: sent ${doubts} times without an answer, and not in S3; the last time: ${noAnswer}`;
      findings.ended.push(...missing.map((file) => failedFile(sent, file, { kind: "unanswered", detail })));
    } else if (missing.length > 0) {
      findings.again.push({ ...batch, doubts, files: [...missing] });
      this.work.root.counters.resentInDoubt += this.work.isOwn(transfer) ? missing.length : 0;
    }
    return "settled";
  }

  /** Whether this is the first time in this slice. */
  private mayLookFor({ transfer, batch }: SentBatch): boolean {
    const doubt = JSON.stringify([transfer.key, batch.folder, batch.files[0]]);
    const isFirst = !this.doubted.has(doubt);
    this.doubted.add(doubt);
    return isFirst;
  }

  private async lookFor({ transfer, intent, batch }: SentBatch, files: readonly FileItem[]): Promise<DoubtfulFiles> {
    return files.length === 0
      ? { arrived: [], changed: [], missing: [] }
      : lookForFiles(this.slice.services.objects, intent, { ...batch, files: [...files] }, transfer.startedAt);
  }

  private isOlder({ startedAt }: TransferGroup, seconds: number): boolean {
    return this.slice.services.clock.now().getTime() - Date.parse(startedAt) > seconds * 1000;
  }

  /**
   * `undefined`: of an earlier run's group that is nobody's any more. Its intent has expired, or it went to another
   * destination, whose ledger is not this one.
   */
  private async group(transfer: TransferGroup): Promise<Group | undefined> {
    const { key } = transfer;
    const known = this.groups.get(key);
    if (known !== undefined) {
      return known;
    }
    const intent = await this.work.readIntent(key);
    if (intent === undefined && this.work.isOwn(transfer)) {
      throw new Error(`The intent ${key} is part of the run's work state, and is gone`);
    }
    if (intent === undefined || !this.isHere(intent)) {
      return undefined;
    }
    const group = { intent, started: await this.work.readStarted(key) };
    this.groups.set(key, group);
    return group;
  }

  private isHere({ destination }: Intent): boolean {
    const { BucketName, Prefix } = this.slice.context.sync.LocalRepository;
    return destination.bucket === BucketName && destination.prefix === Prefix;
  }
}
