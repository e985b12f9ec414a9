import type { Invocation } from "../world/invocation";
import type { Operation } from "../world/scenario";

/** Paths that StartFileTransfer takes in one call (API reference). */
const FILES_PER_CALL = 10;

/** Calls of StartFileTransfer that may be under way when one of them is answered. */
const FURTHER_CALLS = 4;

interface Moment {
  readonly at: Date;
  readonly invocation: Invocation;
}

/** An answer after which nothing more is to be asked, but for the calls that were made before it was heard. */
interface Refusal {
  readonly invocation: Invocation;
  underWay: number;
}

/** Runs on one connector share its limits, and hold to what it says of them. */
export class Company {
  /** Locks that were held, after each change. */
  private readonly locks = [0];
  /** By invocation, how many of those changes were before its time. */
  private readonly before = new Map<Invocation, number>();
  /** By run, its latest call. */
  private readonly listings = new Map<string, Moment>();
  /** By run, until when it is not to ask again. */
  private readonly pauses = new Map<string, Refusal & Moment>();
  /** By run, which invocation was told that the connector is not ready, and nobody since that it is. */
  private readonly unready = new Map<string, Refusal>();

  constructor(private readonly now: () => Date) {}

  began(invocation: Invocation): void {
    this.before.set(invocation, this.locks.length - 1);
  }

  locksChanged(count: number): void {
    this.locks.push(count);
  }

  /** How often locks were taken and given back so far. */
  get changes(): number {
    return this.locks.length;
  }

  /** @returns what is wrong with asking for anything at all. */
  asked(invocation: Invocation, operation: Operation): string[] {
    const { run } = invocation;
    const pause = this.pauses.get(run);
    const isEarly = pause !== undefined && this.now() < pause.at && mustKnow(invocation, operation, pause);
    const told = this.unready.get(run);
    const isBlind = told !== undefined && mustKnow(invocation, operation, told);
    return [
      ...(isEarly ? [`${run} asks again before RetryAfterSeconds have passed`] : []),
      ...(isBlind ? [`${run} asks a connector that was not ready, without having looked again`] : []),
    ];
  }

  foundReady({ run }: Invocation): void {
    this.unready.delete(run);
  }

  foundUnready(invocation: Invocation, operation: Operation): void {
    this.unready.set(invocation.run, { invocation, underWay: furtherCalls(operation) });
  }

  refused(invocation: Invocation, operation: Operation, seconds: number): void {
    const at = new Date(this.now().getTime() + seconds * 1000);
    this.pauses.set(invocation.run, { at, invocation, underWay: furtherCalls(operation) });
  }

  /** @returns what is wrong with having asked for a listing then. */
  listed(invocation: Invocation, at: Date): string[] {
    const { run, execution } = invocation;
    const { listingsPerSecond } = execution.env.connectorLimits;
    const last = this.listings.get(run);
    this.listings.set(run, { at, invocation });
    if (last === undefined || !invocation.knowsOf(last.invocation)) {
      return [];
    }
    const milliseconds = at.getTime() - last.at.getTime();
    const share = listingsPerSecond / this.companions(last.invocation);
    return milliseconds < Math.floor(1000 / share) ? [`${run} starts listings faster than its share of the rate`] : [];
  }

  /**
   * A single call is always allowed: without it a run whose share is less than a call's files would never end.
   * @param pending files of the run that the connector still has to move.
   * @returns what is wrong with offering more of them.
   */
  offered(invocation: Invocation, files: number, pending: number): string[] {
    const { pendingFiles } = invocation.execution.env.connectorLimits;
    const share = Math.floor(pendingFiles / this.companions(invocation));
    return pending > 0 && pending + files > share
      ? [`${invocation.run} offers ${files} files beside ${pending}, its share being ${share}`]
      : [];
  }

  /**
   * Runs that all keep to their shares fill the queue, and no more than that.
   * @param changes those of the locks by when the first of the files that wait was accepted.
   * @returns what is wrong with the queue being full.
   */
  overflowed({ run, execution }: Invocation, changes: number): string[] {
    const { pendingFiles } = execution.env.connectorLimits;
    const share = pendingFiles / Math.max(1, this.locks.at(-1) ?? 0);
    return changes === this.changes && share >= FILES_PER_CALL
      ? [`${run} finds the queue full, although nobody has come or gone`]
      : [];
  }

  /** The fewest runs that were at work at any moment of the invocation, itself among them. */
  private companions(invocation: Invocation): number {
    return Math.max(1, Math.min(...this.locks.slice(this.before.get(invocation) ?? 0)));
  }
}

function furtherCalls(operation: Operation): number {
  return operation === "startTransfer" ? FURTHER_CALLS : 0;
}

/** Whether the call is none of those that were under way when the refusal was answered. */
function mustKnow(invocation: Invocation, operation: Operation, refusal: Refusal): boolean {
  if (!invocation.knowsOf(refusal.invocation)) {
    return false;
  }
  if (operation !== "startTransfer" || refusal.underWay === 0 || invocation !== refusal.invocation) {
    return true;
  }
  refusal.underWay -= 1;
  return false;
}
