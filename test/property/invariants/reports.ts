import { REPORT_FILE, type Report, reportSchema } from "../../../engine/report";
import type { Snapshot, Version } from "../../../simulation/remote-tree";
import { REPORTS } from "../../engine/support/run-input";
import type { Invocation } from "../world/invocation";
import { isFollowed, passesFilter, type Sync } from "../world/syncs";
import type { World } from "../world/world";
import { miscounted } from "./counts";
import type { Deadlines } from "./deadlines";
import { isSame, type Stored } from "./stored";
import { isListable, isSettled, isSupported, isTooLarge } from "./wanted";
import type { Windows } from "./windows";

/** Reasons for which a file that was listed need not be in the ledger. */
const UNRECORDED = [
  "excluded",
  "settling",
  "before-from-timestamp",
  "unsupported-name",
  "too-large",
  "vanished",
  "changed-during-transfer",
];

/** What a report says is so. */
export class Reports {
  private readonly checked = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly stored: Stored,
    private readonly windows: Windows,
    private readonly deadlines: Deadlines,
  ) {}

  /** @returns the report; `undefined` for a repetition: the world has moved on, the report has not. */
  read({ run, execution }: Invocation): Report | undefined {
    if (this.checked.has(run)) {
      return undefined;
    }
    this.checked.add(run);
    const text = this.world.objects.text(REPORTS, `${execution.context.prefix}${REPORT_FILE}`);
    return reportSchema.parse(JSON.parse(text ?? ""));
  }

  /** @param used the listings that the run has read, by folder. */
  check(invocation: Invocation, report: Report, used: ReadonlyMap<string, Snapshot>): string[] {
    const { run, execution, call } = invocation;
    if (report.status === "SKIPPED") {
      return report.dryRun ? [`the dry run ${run} is kept out`] : [];
    }
    const { sync } = execution;
    const isCut = call.error !== undefined || this.deadlines.hasPassed(run);
    const problems = [
      ...miscounted(run, report, sync, used, isCut),
      ...(report.status === "SUCCEEDED" ? this.falseSuccess(run, report, sync, used) : []),
    ];
    // While an execution lay dead, or this Lambda hung, others may have changed what it knew.
    const isCurrent = invocation.isAlone && !this.world.redriven.has(run);
    return report.status === "SUCCEEDED" && !report.dryRun && isCurrent
      ? [...problems, ...this.undone(run, report, sync, used)]
      : problems;
  }

  private falseSuccess(run: string, report: Report, sync: Sync, used: ReadonlyMap<string, Snapshot>): string[] {
    const { folders, files } = report;
    const wrong = files.unfinished + files.failed + folders.failed + folders.truncated;
    const truncated = [...used.values()].filter((snapshot) => snapshot.truncated);
    const named = [...used.values()].flatMap((snapshot) => snapshot.folders);
    const unlisted = [sync.root, ...named].filter(
      (folder) => !used.has(folder) && isListable(folder) && isFollowed(sync, folder),
    );
    const strange = [...used.keys()].filter((folder) => !isFollowed(sync, folder));
    return [
      ...(wrong > 0 ? [`${run} succeeds with ${JSON.stringify({ files, folders })}`] : []),
      ...truncated.map(({ folder }) => `${run} succeeds with a truncated listing of ${folder}`),
      ...(unlisted.length > folders.missing ? [`${run} succeeds without listing ${unlisted.join(", ")}`] : []),
      ...(sync.options.missingFolder === "fail" && !used.has(sync.root)
        ? [`${run} succeeds without listing its own folder`]
        : []),
      ...strange.map((folder) => `${run} lists ${folder}, which is not its business`),
    ];
  }

  private undone(run: string, { files }: Report, sync: Sync, used: ReadonlyMap<string, Snapshot>): string[] {
    const isDone = sync.options.changeDetection === "ledger" ? this.inLedger() : this.inTarget(run, sync);
    const listed = [...used.values()].flatMap(({ files: found, listedAt }) =>
      [...found].map(([path, version]) => ({ path, version, listedAt })),
    );
    const missing = listed.filter(({ path, version, listedAt }) => !isDone(path, version, listedAt));
    const excused = UNRECORDED.reduce((sum, reason) => sum + (files.skipped[reason] ?? 0), 0);
    return missing.length > excused
      ? [`${run} succeeds without having done ${missing.map(({ path }) => path).join(", ")}`]
      : [];
  }

  private inLedger() {
    const ledger = this.stored.ledger();
    return (path: string, version: Version) => {
      const entry = ledger.get(path);
      return entry !== undefined && isSame(version, entry);
    };
  }

  /** Without a ledger: what is in the window is in S3, unless a consumer has taken it. */
  private inTarget(run: string, sync: Sync) {
    return (path: string, version: Version, listedAt: Date) => {
      const isMeant =
        this.windows.covers(run, version) &&
        isSupported(path) &&
        passesFilter(sync, path) &&
        !isTooLarge(version) &&
        isSettled(version, sync.options, listedAt);
      const object = this.stored.target(path);
      return !isMeant || this.world.watch.taken.has(path) || (object !== undefined && hasSize(version, object.size));
    };
  }
}

function hasSize({ size }: Version, bytes: number): boolean {
  return size === undefined || size === bytes;
}
