import type { RunEvent } from "../../../contract/run-event";
import { REPORT_FILE, type Report, reportSchema } from "../../../engine/report";
import type { Version } from "../../../simulation/remote-tree";
import type { FakeObjects } from "../../engine/support/fake-objects";
import { REPORTS } from "../../engine/support/run-input";
import type { Invocation } from "../world/invocation";

/** As the events of this world say it: `rate(1 hour)`. */
const PERIOD_SECONDS = 3600;

/**
 * What a run looks at, by its time. With `FromTimestamp`: what was modified then or later. With
 * `ChangeDetection: modified-time`, as scheduled: everything, until a copy of everything has succeeded; from then on what
 * was modified after the scheduled time before, or, by hand, after that of the run that was due last. What is older than
 * that it may miss, by intent.
 */
export class Windows {
  /** By run, the last millisecond that it does not look at; none: it looks at everything. */
  private readonly ends = new Map<string, number>();

  constructor(private readonly objects: FakeObjects) {}

  /** The run has a work state now. */
  begun({ run, execution }: Invocation): void {
    const { options } = execution.sync;
    const { startedAt, event } = execution.context;
    const { ScheduledTime, FromTimestamp } = event;
    if (holdsAgainstS3(event)) {
      if (FromTimestamp !== undefined) {
        this.ends.set(run, FromTimestamp * 1000 - 1);
      }
      return;
    }
    const hasFirstCopy = this.objects.text(REPORTS, markerKey(execution.context)) !== undefined;
    if (options.changeDetection === "modified-time" && hasFirstCopy) {
      const due = ScheduledTime === undefined ? startedAt.getTime() - PERIOD_SECONDS * 1000 : Date.parse(ScheduledTime);
      this.ends.set(run, due - (PERIOD_SECONDS + options.minimumAgeSeconds) * 1000);
    }
  }

  /** Whether a run looks at a file; at one whose time says nothing in any case. */
  covers(run: string, { modified }: Version): boolean {
    const end = this.ends.get(run);
    const time = modified === undefined ? 0 : Date.parse(modified);
    return end === undefined || time <= 0 || time > end;
  }

  isMarker({ execution }: Invocation, key: string): boolean {
    return key === markerKey(execution.context);
  }

  /** @returns what is wrong with noting that everything has been copied. */
  marked({ run, execution }: Invocation): string[] {
    const { options } = execution.sync;
    const { event, prefix } = execution.context;
    const text = this.objects.text(REPORTS, prefix + REPORT_FILE);
    const report: Report | undefined = text === undefined ? undefined : reportSchema.parse(JSON.parse(text));
    const isFirstCopy =
      options.changeDetection === "modified-time" &&
      report?.status === "SUCCEEDED" &&
      report.folders.listed > 0 &&
      !event.DryRun &&
      (event.FromTimestamp ?? 0) === 0;
    return isFirstCopy ? [] : [`${run} is called a copy of everything, and is none`];
  }
}

/** Whether S3 decides, whatever the ledger or the window says. */
export function holdsAgainstS3({ Mode, FromTimestamp }: Pick<RunEvent, "Mode" | "FromTimestamp">): boolean {
  return Mode === undefined ? FromTimestamp !== undefined : Mode !== "as-scheduled";
}

function markerKey({ ledgerPrefix }: Invocation["execution"]["context"]): string {
  return `${ledgerPrefix}first-copy`;
}
