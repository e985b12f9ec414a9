import type { ListingRequest, TransferRequest } from "../../../functions/shared/services";
import { PREFIX, TARGET } from "../../functions/support/run-input";
import type { Invocation } from "../world/invocation";
import { parentOf } from "../world/remote-tree";
import { isBelowRoot, isFollowed } from "../world/syncs";
import type { Job } from "../world/transfers";
import type { Company } from "./company";
import type { Deadlines } from "./deadlines";
import type { Sendings } from "./sendings";
import type { UsedListings } from "./used-listings";
import { isWanted } from "./wanted";
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
  ) {}

  /** Whatever becomes of it. */
  asked(invocation: Invocation): void {
    this.note(this.company.asked(invocation));
    this.note(this.deadlines.started(invocation));
  }

  refused(invocation: Invocation, retryAfterSeconds: number): void {
    this.company.refused(invocation, retryAfterSeconds);
  }

  /** The queue has no room for what is offered. */
  full(invocation: Invocation): void {
    this.note(this.company.overflowed(invocation, this.sendings.lockChangesBeforeQueue()));
  }

  listed(invocation: Invocation, { folder }: ListingRequest, askedAt: Date): void {
    const { run, execution } = invocation;
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
      const version = this.used.of(run).get(folder)?.files.get(job.path);
      if (destination !== `/${TARGET}/${PREFIX}${folder}` || !isBelowRoot(execution.sync, job.path)) {
        this.note([`${run} sends ${job.path} to ${destination}`]);
      }
      if (version === undefined) {
        this.note([`${run} sends ${job.path}, which it has not listed`]);
        continue;
      }
      const isMeant = isWanted(execution.sync, job.path, version) && this.windows.covers(run, version);
      this.note(isMeant ? [] : [`${run} sends ${job.path}, which the definition leaves out`]);
      this.note(this.sendings.add({ job, invocation, version, lockChanges, answerLost }));
    }
  }
}
