import type { Report } from "../../../engine/report";
import type { Invocation } from "../world/invocation";
import type { Job } from "../world/transfers";
import { LISTING_SECONDS, type World } from "../world/world";
import type { Sendings } from "./sendings";

const MAX_ATTEMPTS = 3;

/** The part of the time for all attempts that the first has: the least. */
const FIRST_SHARE = 1 / 6;

/** What a run calls a failure is one, by its right name, and nothing is given up before its time. */
export class Failures {
  /** `RUN PATH`, refused for good. */
  private readonly rejected = new Set<string>();
  /** Names of the errors that the state machine has caught. */
  private readonly caught = new Set<string>();
  /** Runs of which a Lambda died, was doubled, or missed an answer. */
  private readonly struck = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly sendings: Sendings,
  ) {}

  reject({ run }: Invocation, paths: readonly string[]): void {
    for (const path of paths) {
      this.rejected.add(`${run} ${path}`);
    }
  }

  catch(name: string): void {
    this.caught.add(name);
  }

  isStruck(run: string): boolean {
    return this.struck.has(run);
  }

  strike({ run }: Invocation): void {
    this.struck.add(run);
  }

  check(invocation: Invocation, report: Report): string[] {
    return [
      ...this.givenUpEarly(invocation, report),
      ...this.unheard(invocation, report),
      ...this.needlessDoubt(invocation, report),
      ...(report.status === "FAILED" ? this.misnamed(invocation, report) : []),
    ];
  }

  private givenUpEarly(invocation: Invocation, { failures }: Report): string[] {
    return failures
      .filter(({ path, reason }) => reason.startsWith("TransferFailed") && !this.isHopeless(invocation, path, reason))
      .map(({ path }) => `${invocation.run} gave ${path} up early`);
  }

  private isHopeless({ run, execution }: Invocation, path: string, reason: string): boolean {
    if (reason.includes("TRANSFER_IN_DOUBT")) {
      return this.struck.has(run);
    }
    if (reason.includes("gone from the server")) {
      return this.sendings.wasLeftOpen(path);
    }
    if (reason.includes("as in an earlier run") && this.sendings.hasComeToNothing(run, path)) {
      return true;
    }
    if (reason.includes("after an attempt that failed")) {
      return this.sendings.hasFailed(path);
    }
    const jobs = this.sendings.of(run, path);
    const isLost = jobs.some(({ status, mark }) => mark === "deny" || status === "QUEUED");
    const takenAt = this.world.watch.taken.get(path)?.at;
    const isTaken = jobs.some(({ endedAt }) => endedAt !== undefined && takenAt !== undefined && takenAt >= endedAt);
    const isMissed = isTaken && execution.sync.options.missingObject === "fail";
    return (
      isLost ||
      isMissed ||
      jobs.length >= MAX_ATTEMPTS ||
      this.rejected.has(`${run} ${path}`) ||
      jobs.some((job) => this.isUntold(job))
    );
  }

  /**
   * Where results do not name their files, nobody can tell whose a failure is before all files of the call have ended, or
   * after a consumer has taken one of them.
   */
  private isUntold({ transferId }: Job): boolean {
    const { options, transfers, watch } = this.world;
    return (
      options.dialect.resultPaths === "unrelated" &&
      transfers.jobs.some(
        (job) => job.transferId === transferId && (job.status === "QUEUED" || watch.taken.has(job.path)),
      )
    );
  }

  /** A listing whose failure was told in time is not one that timed out. */
  private unheard({ run, execution }: Invocation, { failures }: Report): string[] {
    return failures
      .filter(
        ({ path, reason }) => reason.startsWith("ListingTimedOut") && this.isToldInTime(execution.context.prefix, path),
      )
      .map(({ path }) => `${run} has not heard that the listing of ${path} failed`);
  }

  private isToldInTime(runPrefix: string, folder: string): boolean {
    const asked = this.world.listings.asked.filter(
      ({ request }) => request.folder === folder && request.outputDirectory.includes(`/${runPrefix}`),
    );
    return asked.every(({ askedAt, failure }) => {
      const seconds =
        failure === undefined ? Number.POSITIVE_INFINITY : (failure.at.getTime() - askedAt.getTime()) / 1000;
      return seconds < LISTING_SECONDS * FIRST_SHARE;
    });
  }

  /** A call that the service refused is not in doubt: nothing came of it. */
  private needlessDoubt({ run }: Invocation, { resentInDoubt }: Report): string[] {
    return resentInDoubt > 0 && !this.struck.has(run)
      ? [`${run} sends ${resentInDoubt} files again without a doubt`]
      : [];
  }

  /** A run fails by the name of one of its failures, of a slice's error, or of its deadline. */
  private misnamed({ run, execution }: Invocation, { error, failures }: Report): string[] {
    const name = error?.name ?? "";
    const reason = name === "TransferIncomplete" ? "TransferFailed" : name;
    const isTold =
      failures.some((failure) => failure.reason.startsWith(reason)) || this.caught.has(name) || name === "RunTimedOut";
    return [
      ...(isTold && name !== "" ? [] : [`${run} fails as ${JSON.stringify(error)}, and nobody knows why`]),
      ...(name === "RemoteFolderMissing" && execution.sync.options.missingFolder === "ignore"
        ? [`${run} fails for a missing folder that its definition ignores`]
        : []),
    ];
  }
}
