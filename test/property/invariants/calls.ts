import type { ListingRequest, TransferRequest } from "../../../engine/ports/services";
import { parentOf, type Snapshot, type Version } from "../../../simulation/remote-tree";
import { TARGET } from "../../engine/support/run-input";
import type { Invocation } from "../world/invocation";
import type { Operation } from "../world/scenario";
import { isBelowRoot, isFollowed } from "../world/syncs";
import type { Job } from "../world/transfers";
import type { Company } from "./company";
import type { Deadlines } from "./deadlines";
import type { RepeatedListings } from "./repeated-listings";
import type { Sendings } from "./sendings";
import type { UsedListings } from "./used-listings";
import { isJustSeen, isSettled, isWanted } from "./wanted";
import type { Windows } from "./windows";

/** What is asked of the connector is the run's business, at the time. */
export class Calls {
  constructor(
    private readonly note: (problems: readonly string[]) => void,
    private readonly used: UsedListings,
    private readonly sendings: Sendings,
    private readonly windows: Windows,
    private readonly company: Company,
    private readonly deadlines: Deadlines,
    private readonly repeated: RepeatedListings,
  ) {}

  /** Whatever becomes of it. */
  asked(invocation: Invocation, operation: Operation): void {
    this.note(this.company.asked(invocation, operation));
    this.note(this.deadlines.started(invocation));
  }

  refused(invocation: Invocation, operation: Operation, retryAfterSeconds: number): void {
    this.company.refused(invocation, operation, retryAfterSeconds);
  }

  foundReady(invocation: Invocation): void {
    this.company.foundReady(invocation);
  }

  foundUnready(invocation: Invocation, operation: Operation): void {
    this.company.foundUnready(invocation, operation);
  }

  /** The queue has no room for what is offered. */
  full(invocation: Invocation): void {
    this.note(this.company.overflowed(invocation, this.sendings.lockChangesBeforeQueue()));
  }

  listed(invocation: Invocation, request: ListingRequest, askedAt: Date): void {
    const { run, execution } = invocation;
    const { folder } = request;
    this.note(this.repeated.asked(invocation, request));
    this.note(this.company.listed(invocation, askedAt));
    this.note(isFollowed(execution.sync, folder) ? [] : [`${run} lists ${folder}, which is not its business`]);
  }

  transferred(
    invocation: Invocation,
    { destination, paths }: TransferRequest,
    jobs: readonly Job[],
    answerLost: boolean,
  ): void {
    const { run, execution } = invocation;
    const lockChanges = this.company.changes;
    this.note(this.company.offered(invocation, paths.length, this.sendings.pending(run)));
    for (const job of jobs) {
      const folder = parentOf(job.path);
      const snapshot = this.used.of(run).get(folder);
      const version = snapshot?.files.get(job.path);
      if (destination !== `/${TARGET}/${prefixOf(invocation)}${folder}` || !isBelowRoot(execution.sync, job.path)) {
        this.note([`${run} sends ${job.path} to ${destination}`]);
      }
      if (snapshot === undefined || version === undefined) {
        this.note([`${run} sends ${job.path}, which it has not listed`]);
        continue;
      }
      const isMeant = isWanted(execution.sync, job.path, version) && this.windows.covers(run, version);
      this.note(isMeant ? [] : [`${run} sends ${job.path}, which the definition leaves out`]);
      this.note(this.isYoung(invocation, job.path, version, snapshot) ? [`${run} sends ${job.path} too early`] : []);
      this.note(this.sendings.add({ job, invocation, version, lockChanges, answerLost }));
    }
  }

  /** Whether a file has not settled, by what the run can know of its age. */
  private isYoung(
    { execution, startedAt }: Invocation,
    path: string,
    version: Version,
    { listedAt }: Snapshot,
  ): boolean {
    const { sync } = execution;
    const seconds = (startedAt.getTime() - (this.used.firstSight(path) ?? startedAt).getTime()) / 1000;
    return !isSettled(version, sync.options, listedAt) || isJustSeen(sync, version, listedAt, seconds);
  }
}

function prefixOf({ execution }: Invocation): string {
  return execution.context.sync.LocalRepository.Prefix;
}
