import type { Invocation } from "../world/invocation";
import type { Version } from "../world/remote-tree";
import type { Job } from "../world/transfers";
import { IN_DOUBT_SECONDS, TRANSFER_SECONDS, type World } from "../world/world";
import { type Entry, isOutdated, isSame, type Stored } from "./stored";

interface Sending {
  readonly job: Job;
  readonly invocation: Invocation;
  /** As the run had listed it. */
  readonly version: Version;
  answerLost: boolean;
  /** Since then the ledger has forgotten the file. */
  forgotten: boolean;
  /** Since then the ledger has learnt of another version. */
  superseded: boolean;
}

/** No file is sent again for the same size and time without a reason. */
export class Sendings {
  private readonly sendings: Sending[] = [];

  constructor(
    private readonly world: World,
    private readonly stored: Stored,
  ) {}

  /** @returns what is wrong with it. */
  add(invocation: Invocation, job: Job, version: Version, answerLost: boolean): string[] {
    const { event } = invocation.execution.context;
    const entry = this.stored.ledger().get(job.path);
    const isScheduled = event.FromTimestamp === undefined;
    // A consumer may take a file before the run that sent it is done with it: that looks like a transfer gone wrong.
    const isTaken = this.stored.target(job.path) === undefined && this.of(invocation.run, job.path).length > 0;
    const known = isScheduled && !isTaken && entry !== undefined && isSame(version, entry);
    const unspent = this.sendings.filter(
      (earlier) =>
        earlier.job.path === job.path &&
        earlier.version.content === version.content &&
        !this.isSpent(earlier, isScheduled),
    );
    this.sendings.push({ job, invocation, version, answerLost, forgotten: false, superseded: false });
    return [
      ...(event.DryRun ? [`a dry run sends ${job.path}`] : []),
      ...(known ? [`${invocation.run} sends ${job.path}, which the ledger knows as it is`] : []),
      ...unspent.map(
        (earlier) =>
          `${invocation.run} sends ${job.path} again, which ${earlier.invocation.run} sent as ${earlier.job.transferId} (${earlier.job.status})`,
      ),
    ];
  }

  /** The service has lost a transfer's results. */
  lose(transferId: string): void {
    for (const sending of this.sendings.filter(({ job }) => job.transferId === transferId)) {
      sending.answerLost = true;
    }
  }

  /** @param path all of them, where there is none. */
  forget(path?: string): void {
    for (const sending of this.sendings.filter(({ job }) => path === undefined || job.path === path)) {
      sending.forgotten = true;
    }
  }

  /** The ledger holds this of a file. */
  record(path: string, entry: Entry): void {
    for (const sending of this.sendings.filter(({ job }) => job.path === path)) {
      sending.superseded ||= !isSame(sending.version, entry);
    }
  }

  /** A run's attempts at a file. */
  of(run: string, path: string): Job[] {
    return this.sendings
      .filter(({ invocation, job }) => invocation.run === run && job.path === path)
      .map(({ job }) => job);
  }

  /** Whether a file was listed as this version, and was another when it was copied. */
  broughtAnother({ content }: Version): boolean {
    return this.sendings.some(
      ({ version, job }) => version.content === content && job.content !== undefined && job.content !== content,
    );
  }

  private isSpent(sending: Sending, isScheduled: boolean): boolean {
    const { job, version, forgotten, superseded } = sending;
    if (job.status === "FAILED" || this.isOverdue(sending)) {
      return true;
    }
    const object = this.stored.target(job.path);
    const isGone = object?.content !== version.content;
    const isCompared = forgotten || !isScheduled;
    return job.status === "COMPLETED" && (isGone || superseded || (isCompared && isOutdated(version, object)));
  }

  /** Whether it took so long that a run could not but give it up. */
  private isOverdue(sending: Sending): boolean {
    const { job, invocation } = sending;
    const end = job.endedAt ?? this.world.clock.now();
    const seconds = (end.getTime() - invocation.startedAt.getTime()) / 1000;
    return seconds > TRANSFER_SECONDS || (seconds > IN_DOUBT_SECONDS && this.isDoubtful(sending));
  }

  private isDoubtful({ answerLost, invocation, job }: Sending): boolean {
    return answerLost || (invocation.state !== "returned" && !this.stored.knowsTransfer(job.transferId));
  }
}
