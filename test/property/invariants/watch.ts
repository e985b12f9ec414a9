import type { TransferRequest } from "../../../functions/shared/services";
import { Crash } from "../../functions/support/fake-objects";
import { PREFIX, TARGET } from "../../functions/support/run-input";
import { type Invocation, ServiceError } from "../world/invocation";
import { parentOf, ROOT, type Snapshot } from "../world/remote-tree";
import type { Job } from "../world/transfers";
import type { World } from "../world/world";
import { BlindSpots } from "./blind-spots";
import { LedgerWrites } from "./ledger-writes";
import { Locks } from "./locks";
import { Reports } from "./reports";
import { Sendings } from "./sendings";
import { isSame, Stored } from "./stored";

/** Errors that a slice may end with; any other is a defect. */
const EXPECTED = ["SliceSuperseded", "ConditionFailed", "AccessDeniedException"];

/** Hears of everything that the engine does, and notes what it must never do. */
export class Watch {
  readonly violations: string[] = [];
  readonly stored: Stored;
  readonly blindSpots: BlindSpots;
  /** Paths that a consumer took from S3 after the ledger knew them: no schedule copies them again. By path, their content. */
  readonly taken = new Map<string, string>();
  /** By run and folder, the listing that the run has read. */
  private readonly used = new Map<string, Map<string, Snapshot>>();
  private readonly locks: Locks;
  private readonly sendings: Sendings;
  private readonly reports: Reports;
  private readonly ledgerWrites: LedgerWrites;

  constructor(private readonly world: World) {
    this.stored = new Stored(world.objects);
    this.locks = new Locks(world);
    this.sendings = new Sendings(world, this.stored);
    this.blindSpots = new BlindSpots(world.remote, this.stored, this.sendings);
    this.reports = new Reports(world, this.stored, this.sendings);
    this.ledgerWrites = new LedgerWrites(this.stored);
  }

  read({ run }: Invocation, key: string): void {
    const snapshot = this.world.listings.delivered.get(key);
    if (snapshot !== undefined) {
      this.usedBy(run).set(snapshot.folder, snapshot);
    }
    if (key.startsWith("ledger/")) {
      this.blindSpots.look();
    }
  }

  changed(
    invocation: Invocation,
    bucket: string,
    key: string,
    before: string | undefined,
    after: string | undefined,
  ): void {
    const { context } = invocation.execution;
    if (bucket === TARGET) {
      this.note([`${invocation.run} writes ${key} itself`]);
    } else if (key === context.lockKey) {
      this.note(this.locks.changed(invocation, before, after));
    } else if (key === `${context.prefix}root.json`) {
      this.note(this.locks.committed(invocation));
    } else if (key.startsWith("ledger/")) {
      const { problems, removed, added } = this.ledgerWrites.check(
        invocation,
        this.usedBy(invocation.run),
        before,
        after,
      );
      this.note(problems);
      for (const path of removed) {
        this.sendings.forget(path);
      }
      for (const [path, entry] of added) {
        this.sendings.record(path, entry);
      }
    }
  }

  transferred(
    invocation: Invocation,
    { destination }: TransferRequest,
    jobs: readonly Job[],
    answerLost: boolean,
  ): void {
    for (const job of jobs) {
      const folder = parentOf(job.path);
      const version = this.usedBy(invocation.run).get(folder)?.files.get(job.path);
      if (destination !== `/${TARGET}/${PREFIX}${folder}` || !`${folder}/`.startsWith(`${ROOT}/`)) {
        this.note([`${invocation.run} sends ${job.path} to ${destination}`]);
      }
      this.note(
        version === undefined
          ? [`${invocation.run} sends ${job.path}, which it has not listed`]
          : this.sendings.add(invocation, job, version, answerLost),
      );
    }
  }

  rejected({ run }: Invocation, paths: readonly string[]): void {
    for (const path of paths) {
      this.reports.rejected.add(`${run} ${path}`);
    }
  }

  forgotten(transferId: string): void {
    this.sendings.lose(transferId);
  }

  caught(error: unknown): void {
    const isExpected =
      error instanceof Crash ||
      error instanceof ServiceError ||
      (error instanceof Error && EXPECTED.includes(error.name));
    if (!isExpected) {
      this.note([`a slice fails: ${error instanceof Error ? error.stack : String(error)}`]);
    }
  }

  finished(invocation: Invocation): void {
    this.note(this.locks.finished(invocation));
    this.note(this.reports.check(invocation, this.usedBy(invocation.run)));
  }

  deletedFromS3(path: string): void {
    const version = this.world.remote.file(path);
    const entry = this.stored.ledger().get(path);
    if (version !== undefined && entry !== undefined && isSame(version, entry)) {
      this.taken.set(path, version.content);
    }
  }

  ledgerLost(): void {
    this.sendings.forget();
  }

  private note(problems: readonly string[]): void {
    this.violations.push(...problems);
  }

  private usedBy(run: string): Map<string, Snapshot> {
    const used = this.used.get(run) ?? new Map<string, Snapshot>();
    this.used.set(run, used);
    return used;
  }
}
