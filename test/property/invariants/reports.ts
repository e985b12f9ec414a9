import { type Report, reportSchema } from "../../../functions/shared/report";
import { REPORTS } from "../../functions/support/run-input";
import { accountedFor } from "../../functions/support/simulation";
import type { Invocation } from "../world/invocation";
import { ROOT, type Snapshot } from "../world/remote-tree";
import type { World } from "../world/world";
import type { Sendings } from "./sendings";
import { isSame, type Stored } from "./stored";
import { isSupported } from "./wanted";

const MAX_ATTEMPTS = 3;

/** Reasons for which a file that was listed need not be in the ledger. */
const UNRECORDED = ["excluded", "settling", "unsupported-name", "vanished", "changed-during-transfer"];

/** What a report says is so. */
export class Reports {
  /** `RUN PATH`, refused for good. */
  readonly rejected = new Set<string>();

  private readonly checked = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly stored: Stored,
    private readonly sendings: Sendings,
  ) {}

  /** @param used the listings that the run has read, by folder. */
  check({ run, execution }: Invocation, used: ReadonlyMap<string, Snapshot>): string[] {
    if (this.checked.has(run)) {
      // A repetition: the world has moved on, the report has not.
      return [];
    }
    this.checked.add(run);
    const { context } = execution;
    const report = reportSchema.parse(
      JSON.parse(this.world.objects.text(REPORTS, `${context.prefix}report.json`) ?? ""),
    );
    if (report.status === "SKIPPED") {
      return [];
    }
    const accounted = accountedFor(report);
    const problems = [
      ...(accounted === report.files.seen ? [] : [`${run} saw ${report.files.seen} and accounts for ${accounted}`]),
      ...this.givenUpEarly(run, report),
      ...(report.status === "SUCCEEDED" ? this.falseSuccess(run, report, used) : []),
    ];
    // While an execution lay dead, others may have changed what it knew.
    return report.status === "SUCCEEDED" && !report.dryRun && !this.world.redriven.has(run)
      ? [...problems, ...this.unrecorded(run, report, used)]
      : problems;
  }

  private givenUpEarly(run: string, { failures }: Report): string[] {
    return failures
      .filter(({ path, reason }) => reason.startsWith("TransferFailed") && !this.isHopeless(run, path))
      .map(({ path }) => `${run} gave ${path} up early`);
  }

  private isHopeless(run: string, path: string): boolean {
    const jobs = this.sendings.of(run, path);
    const isLost = jobs.some(({ status, effect }) => effect === "deny" || status === "QUEUED");
    return isLost || jobs.length >= MAX_ATTEMPTS || this.rejected.has(`${run} ${path}`);
  }

  private falseSuccess(run: string, report: Report, used: ReadonlyMap<string, Snapshot>): string[] {
    const { folders, files } = report;
    const wrong = files.unfinished + files.failed + folders.failed + folders.truncated;
    const truncated = [...used.values()].filter((snapshot) => snapshot.truncated);
    const named = [...used.values()].flatMap((snapshot) => snapshot.folders);
    const unlisted = [ROOT, ...named].filter((folder) => !used.has(folder) && isSupported(folder));
    return [
      ...(wrong > 0 ? [`${run} succeeds with ${JSON.stringify({ files, folders })}`] : []),
      ...truncated.map(({ folder }) => `${run} succeeds with a truncated listing of ${folder}`),
      ...(unlisted.length > folders.missing ? [`${run} succeeds without listing ${unlisted.join(", ")}`] : []),
    ];
  }

  private unrecorded(run: string, { files }: Report, used: ReadonlyMap<string, Snapshot>): string[] {
    const ledger = this.stored.ledger();
    const listed = [...used.values()].flatMap((snapshot) => [...snapshot.files]);
    const missing = listed.filter(([path, version]) => {
      const entry = ledger.get(path);
      return entry === undefined || !isSame(version, entry);
    });
    const excused = UNRECORDED.reduce((sum, reason) => sum + (files.skipped[reason] ?? 0), 0);
    return missing.length > excused
      ? [`${run} succeeds without ${missing.map(([path]) => path).join(", ")} in the ledger`]
      : [];
  }
}
