import type { Report } from "../../../engine/report";
import type { RunAnswer } from "../../../engine/run/loop";
import type { Invocation } from "../world/invocation";

/** A run that has come to its deadline starts nothing more, and ends in order. */
export class Deadlines {
  /** By run, and the invocation in which it began. */
  private readonly deadlines = new Map<string, { readonly at: Date; readonly beginning: Invocation }>();
  /** By run, the first round that began after the deadline. */
  private readonly overdue = new Map<string, Invocation>();

  constructor(private readonly now: () => Date) {}

  /** The run has a work state now. */
  begun(beginning: Invocation): void {
    const { context, env } = beginning.execution;
    this.deadlines.set(beginning.run, {
      at: new Date(context.startedAt.getTime() + env.timeouts.run * 1000),
      beginning,
    });
  }

  returned(invocation: Invocation, { Status }: RunAnswer): void {
    const { run, call, startedAt } = invocation;
    const isRound =
      call.function === "remote-folders-list" &&
      Status === "RUNNING" &&
      invocation !== this.deadlines.get(run)?.beginning;
    if (isRound && this.isPast(run, startedAt) && !this.overdue.has(run)) {
      this.overdue.set(run, invocation);
    }
  }

  /** @returns what is wrong with a Start* call. */
  started(invocation: Invocation): string[] {
    const { run } = invocation;
    const round = this.overdue.get(run);
    return round !== undefined && invocation.knowsOf(round) ? [`${run} starts work after its deadline`] : [];
  }

  /** @returns what is wrong with a report. */
  reported(run: string, { status, error }: Report): string[] {
    const isEarly = error?.name === "RunTimedOut" && !this.isPast(run, this.now());
    return [
      ...(isEarly ? [`${run} ends as RunTimedOut before its deadline`] : []),
      ...(this.overdue.has(run) && status === "SUCCEEDED" ? [`${run} succeeds after its deadline`] : []),
    ];
  }

  /** Whether a run may end by now with work left. */
  hasPassed(run: string): boolean {
    return this.isPast(run, this.now());
  }

  private isPast(run: string, at: Date): boolean {
    const deadline = this.deadlines.get(run);
    return deadline !== undefined && at > deadline.at;
  }
}
