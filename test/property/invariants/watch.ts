import { REPORT_FILE } from "../../../engine/report";
import type { RunAnswer } from "../../../engine/run/loop";
import { Crash } from "../../engine/support/fake-objects";
import { REPORTS, TARGET } from "../../engine/support/run-input";
import { type Invocation, ServiceError } from "../world/invocation";
import type { World } from "../world/world";
import { BlindSpots } from "./blind-spots";
import { Calls } from "./calls";
import { Company } from "./company";
import { Deadlines } from "./deadlines";
import { Failures } from "./failures";
import { LedgerWrites } from "./ledger-writes";
import { Locks } from "./locks";
import { RepeatedListings } from "./repeated-listings";
import { Reports } from "./reports";
import { Sendings } from "./sendings";
import { Stored } from "./stored";
import { UsedListings } from "./used-listings";
import { Windows } from "./windows";

/** Errors that a slice may end with; any other is a defect. */
const EXPECTED = ["SliceSuperseded", "ConditionFailed", "AccessDeniedException"];

/** Hears of everything that the engine does, and notes what it must never do. */
export class Watch {
  readonly violations: string[] = [];
  readonly stored: Stored;
  readonly blindSpots: BlindSpots;
  /** By path, what a consumer took from S3 last. */
  readonly taken = new Map<string, { readonly content: string | undefined; readonly at: Date }>();
  readonly calls: Calls;
  private readonly used = new UsedListings();
  private readonly locks: Locks;
  private readonly sendings: Sendings;
  private readonly reports: Reports;
  private readonly failures: Failures;
  private readonly ledgerWrites: LedgerWrites;
  private readonly windows: Windows;
  private readonly company: Company;
  private readonly deadlines: Deadlines;
  private readonly repeated: RepeatedListings;

  constructor(private readonly world: World) {
    const now = () => world.clock.now();
    this.stored = new Stored(world.objects, () => world.prefix);
    this.locks = new Locks(world);
    this.ledgerWrites = new LedgerWrites(this.stored);
    this.sendings = new Sendings(world, this.stored, (path) => this.ledgerWrites.marker(path));
    this.blindSpots = new BlindSpots(world.remote, this.stored, this.sendings, this.taken);
    this.windows = new Windows(world.objects);
    this.failures = new Failures(world, this.sendings);
    this.company = new Company(now);
    this.deadlines = new Deadlines(now);
    this.reports = new Reports(world, this.stored, this.windows, this.deadlines);
    this.repeated = new RepeatedListings(world, (run) => this.failures.isStruck(run));
    const note = (problems: readonly string[]) => this.note(problems);
    this.calls = new Calls(note, this.used, this.sendings, this.windows, this.company, this.deadlines, this.repeated);
  }

  began(invocation: Invocation): void {
    this.company.began(invocation);
  }

  returned(invocation: Invocation, result: RunAnswer): void {
    this.deadlines.returned(invocation, result);
  }

  read({ run, execution }: Invocation, key: string): void {
    const snapshot = this.world.listings.delivered.get(key);
    if (snapshot !== undefined) {
      this.used.add(run, snapshot);
    }
    const missing = this.world.listings.missing.get(key);
    if (missing !== undefined) {
      this.used.addMissing(run, missing);
    }
    const { changeDetection } = execution.sync.options;
    if (changeDetection === "ledger" ? key.startsWith("ledger/") : snapshot !== undefined) {
      this.blindSpots.look({ now: this.world.clock.now(), keepsLedger: changeDetection === "ledger" });
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
      this.company.locksChanged(this.world.objects.keys(REPORTS, context.locksPrefix).length);
      this.note(this.locks.changed(invocation, before, after));
    } else if (key === `${context.prefix}root.json`) {
      this.committed(invocation, before === undefined);
    } else if (key === context.prefix + REPORT_FILE) {
      this.reported(invocation);
    } else if (this.windows.isMarker(invocation, key)) {
      this.note(this.windows.marked(invocation));
    } else if (key.startsWith("ledger/")) {
      this.recorded(invocation, before, after);
    } else if (key.startsWith("locks/")) {
      this.note([`${invocation.run} touches the lock of another sync`]);
    }
  }

  /** Something happens to an invocation that is not the service's plain answer. */
  struck(invocation: Invocation): void {
    this.failures.strike(invocation);
  }

  rejected(invocation: Invocation, paths: readonly string[]): void {
    this.failures.reject(invocation, paths);
  }

  forgotten(transferId: string): void {
    this.sendings.lose(transferId);
  }

  caught(error: unknown): void {
    const expected = this.world.secrets.filled ? EXPECTED : [...EXPECTED, "CredentialsMissing"];
    const isExpected =
      error instanceof Crash ||
      error instanceof ServiceError ||
      (error instanceof Error && expected.includes(error.name));
    if (!isExpected) {
      this.note([`a slice fails: ${error instanceof Error ? error.stack : String(error)}`]);
    }
    if (error instanceof Error) {
      this.failures.catch(error.name);
    }
  }

  finished(invocation: Invocation): void {
    this.note(this.locks.finished(invocation));
  }

  deletedFromS3(path: string): void {
    const object = this.stored.target(path);
    if (object !== undefined) {
      this.sendings.take(path);
      this.taken.set(path, { content: object.content, at: this.world.clock.now() });
    }
  }

  ledgerLost(): void {
    this.sendings.forget();
  }

  private committed(invocation: Invocation, isFirst: boolean): void {
    if (isFirst) {
      this.windows.begun(invocation);
      this.deadlines.begun(invocation);
      this.note(this.world.secrets.filled ? [] : [`${invocation.run} begins without credentials`]);
    }
    this.note(this.locks.committed(invocation));
  }

  private reported(invocation: Invocation): void {
    const report = this.reports.read(invocation);
    if (report !== undefined) {
      const { run } = invocation;
      this.note(this.deadlines.reported(run, report));
      this.note(this.reports.check(invocation, report, this.used.of(run)));
      this.note(report.status === "SKIPPED" ? [] : this.failures.check(invocation, report));
      this.note(this.repeated.givenUp(invocation, report));
    }
  }

  private recorded(invocation: Invocation, before: string | undefined, after: string | undefined): void {
    const { run } = invocation;
    const used = this.used.of(run);
    const missing = this.used.missingOf(run);
    const { problems, removed, added } = this.ledgerWrites.check(invocation, used, missing, this.taken, before, after);
    this.note(problems);
    for (const path of removed) {
      this.sendings.forget(path);
    }
    for (const [path, entry] of added) {
      this.sendings.record(path, entry);
    }
  }

  private note(problems: readonly string[]): void {
    this.violations.push(...problems);
  }
}
