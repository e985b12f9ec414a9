import type { Version } from "../../../simulation/remote-tree";
import type { Invocation } from "../world/invocation";
import type { Job } from "../world/transfers";
import { IN_DOUBT_SECONDS, TRANSFER_SECONDS, type World } from "../world/world";
import { type Entry, isOutdated, isSame, type Stored } from "./stored";
import { holdsAgainstS3 } from "./windows";

interface Sending {
  readonly job: Job;
  readonly invocation: Invocation;
  /** As the run had listed it. */
  readonly version: Version;
  /** Of the locks, before it was sent. */
  readonly lockChanges: number;
  answerLost: boolean;
  /** Since then the ledger has forgotten the file. */
  forgotten: boolean;
  /** What it brought was taken from S3; another sending may have brought the same again. */
  taken: boolean;
  /** Since then another version was sent, or the ledger has learnt of one. */
  superseded: boolean;
}

/** No file is sent again for the same size and time without a reason. */
export class Sendings {
  private readonly sendings: Sending[] = [];

  constructor(
    private readonly world: World,
    private readonly stored: Stored,
    /** The run that marked a path first since it was verified. */
    private readonly marker: (path: string) => string | undefined,
  ) {}

  /** @returns what is wrong with it. */
  add(sent: Pick<Sending, "job" | "invocation" | "version" | "lockChanges" | "answerLost">): string[] {
    const { job, invocation, version } = sent;
    const { context, sync } = invocation.execution;
    const entry = this.stored.ledger().get(job.path);
    // In the modes that ask for it, and without a ledger, what S3 holds decides.
    const isCompared = holdsAgainstS3(context.event) || sync.options.changeDetection === "modified-time";
    const marker = this.marker(job.path);
    const known = !isCompared && entry !== undefined && isSame(version, entry) && marker === invocation.run;
    const unspent = this.sendings.filter(
      (earlier) =>
        earlier.job.key === job.key &&
        !isMarkedSince(earlier, marker, invocation.run) &&
        earlier.version.content === version.content &&
        earlier.version.modified === version.modified &&
        !this.isSpent(earlier, isCompared, sync.options.changeDetection === "ledger"),
    );
    this.supersede(job.path, ({ content }) => content !== version.content);
    this.sendings.push({ ...sent, taken: false, forgotten: false, superseded: false });
    return [
      ...(context.event.DryRun ? [`a dry run sends ${job.path}`] : []),
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

  /** A consumer has removed what S3 held of a file. */
  take(path: string): void {
    for (const sending of this.sendings.filter(({ job }) => job.path === path && job.status === "COMPLETED")) {
      sending.taken = true;
    }
  }

  /** The ledger holds this of a file. */
  record(path: string, entry: Entry): void {
    this.supersede(path, (version) => !isSame(version, entry));
  }

  /** What these brought may not be what S3 holds any more. */
  private supersede(path: string, isAnother: (version: Version) => boolean): void {
    for (const sending of this.sendings.filter(({ job }) => job.path === path)) {
      sending.superseded ||= isAnother(sending.version);
    }
  }

  /** A run's attempts at a file. */
  of(run: string, path: string): Job[] {
    return this.sendings
      .filter(({ invocation, job }) => invocation.run === run && job.path === path)
      .map(({ job }) => job);
  }

  /** Whether an attempt at a file has failed that found it, or could have; or was given up without a word. */
  hasFailed(path: string): boolean {
    return this.sendings.some(
      (sending) =>
        sending.job.path === path &&
        ((sending.job.status === "FAILED" && sending.job.mark !== "gone") || this.isOverdue(sending)),
    );
  }

  /** Whether a run before this one has sent a file, listed as in this one, and neither of them brought what was listed. */
  hasComeToNothing(run: string, path: string): boolean {
    const sent = this.sendings.filter(({ job }) => job.path === path);
    const last = sent.findLast(({ invocation }) => invocation.run === run);
    return sent.some(
      ({ invocation, job, version }) =>
        last !== undefined &&
        invocation.run !== run &&
        version.size === last.version.size &&
        version.modified === last.version.modified &&
        (job.status === "FAILED" || job.content !== version.content || isLie(version)),
    );
  }

  /** Whether an attempt at a file has failed, came to nothing in S3, or brought what was not listed. */
  wasLeftOpen(path: string): boolean {
    return this.sendings.some(
      ({ job, version, taken }) =>
        job.path === path && (job.status === "FAILED" || taken || job.content !== version.content || isLie(version)),
    );
  }

  /** Files of a run that the connector has still to move, less those that the run had to give up. */
  pending(run: string): number {
    return this.sendings.filter(
      (sending) => sending.invocation.run === run && sending.job.status === "QUEUED" && !this.isOverdue(sending),
    ).length;
  }

  /** The changes of the locks before the first of the files that wait was sent; none, where a run gave one of them up. */
  lockChangesBeforeQueue(): number {
    const waiting = this.sendings.filter(({ job }) => job.status === "QUEUED" && job.mark !== "stick");
    return waiting.some((sending) => this.isOverdue(sending))
      ? 0
      : Math.min(...waiting.map(({ lockChanges }) => lockChanges));
  }

  /** Whether a file was listed as this version, and was another when it was copied. */
  broughtAnother({ content }: Version): boolean {
    return this.sendings.some(
      ({ version, job }) => version.content === content && job.content !== undefined && job.content !== content,
    );
  }

  private isSpent(sending: Sending, isCompared: boolean, keepsLedger: boolean): boolean {
    const { job, version, taken, forgotten, superseded } = sending;
    if (job.status === "FAILED" || this.isOverdue(sending)) {
      return true;
    }
    const object = this.stored.target(job.path);
    // What was listed did not arrive: so far nobody has accepted that.
    if (isLie(version) && !this.isAccepted(job.path, version)) {
      return true;
    }
    const isGone = taken || object?.content !== version.content;
    return (
      job.status === "COMPLETED" &&
      (isGone ||
        superseded ||
        (forgotten && !isTelling(version)) ||
        ((forgotten || isCompared) && isOutdated(version, object, { now: this.world.clock.now(), keepsLedger })))
    );
  }

  private isAccepted(path: string, version: Version): boolean {
    const entry = this.stored.ledger().get(path);
    return entry?.bytes !== undefined && isSame(version, entry);
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

/** Whether another run was about to send the file again after this sending had ended: nobody knows what it brought. */
function isMarkedSince({ job, invocation }: Sending, marker: string | undefined, run: string): boolean {
  return job.status === "COMPLETED" && marker !== undefined && marker !== run && marker !== invocation.run;
}

/** Whether a file that comes back can be known again: by its size, and a time that can be right. */
function isTelling({ size, modified }: Version): boolean {
  return size !== undefined && modified !== undefined && Date.parse(modified) > 0;
}

/** The server lists another size than arrives. */
function isLie({ size, bytes }: Version): boolean {
  return size !== undefined && size !== bytes;
}
