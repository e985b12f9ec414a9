import { LONGEST_TRANSFER_SECONDS, type Timeouts, timeoutsSchema } from "../../contract/engine-settings";
import { isRecord } from "../problems/path";
import { error, type Finding, warning } from "../problems/problem";
import type { PlacedFinding } from "../problems/zod-findings";
import { settingsSchema } from "./settings-schema";

/** What is written alone is written for a run that fits: where only `execution` is there, `run` ends so long before it. */
const EXECUTION_BEYOND_RUN = 3600;

const DAY = 86_400;

/** Slices from a run's deadline to its end: two of the round at work, three of the next, which finds it, and the report. */
const SLICES_TO_THE_END = 6;

const ORDERED: readonly (readonly [shorter: keyof Timeouts, longer: keyof Timeouts])[] = [
  ["slice", "lambda"],
  ["lambda", "task"],
  // Else a Lambda that is late might still make the call that was given up as never made.
  ["lambda", "inDoubt"],
  // Else transfers count as failed between two looks at them, or before a lost id has been looked for.
  ["inDoubt", "transfer"],
  ["maxWait", "transfer"],
  // Else no run gets beyond its first slice or pause.
  ["lambda", "run"],
  ["maxWait", "run"],
  ["maxPause", "run"],
  ["run", "execution"],
];

/** Settings in which `execution` stands without `run` were written beside a shorter default for `run`. */
export function withRunWithinExecution(context: Record<string, unknown>): Record<string, unknown> {
  const { timeouts } = context;
  if (!isRecord(timeouts) || "run" in timeouts) {
    return context;
  }
  const { run, execution } = timeoutsSchema.safeParse(timeouts).data ?? {};
  return run === undefined || execution === undefined || run + EXECUTION_BEYOND_RUN <= execution
    ? context
    : { ...context, timeouts: { ...timeouts, run: Math.max(1, execution - EXECUTION_BEYOND_RUN) } };
}

/** Time limits that can't work with one another, or with what the service may take. */
export function checkTimeouts(context: Record<string, unknown>): PlacedFinding[] {
  const timeouts = timeoutsSchema.safeParse(context.timeouts ?? {}).data;
  return timeouts === undefined
    ? []
    : [
        ...areOrdered(timeouts),
        ...leaveTimeToEnd(timeouts),
        ...coverTransfers(timeouts),
        ...endUnderTheirNames(timeouts),
        ...workStateOutlives(timeouts, context.listResultsRetentionDays),
      ];
}

function areOrdered(timeouts: Timeouts): PlacedFinding[] {
  return ORDERED.filter(([shorter, longer]) => timeouts[shorter] >= timeouts[longer]).map(([shorter, longer]) =>
    place(
      shorter,
      error(`must be shorter than ${longer}`, {
        received: `${shorter} ${timeouts[shorter]}, ${longer} ${timeouts[longer]}`,
        allowed:
          "slice < lambda < task; lambda < inDoubt < transfer; maxWait < transfer; lambda, maxWait, maxPause < run; " +
          "run < execution",
      }),
    ),
  );
}

/** Else Step Functions would cut off the run that ends in order at its deadline, without a report. */
function leaveTimeToEnd({ run, execution, slice, maxWait }: Timeouts): PlacedFinding[] {
  const needed = SLICES_TO_THE_END * slice + maxWait;
  return run >= execution || execution - run >= needed
    ? []
    : [
        place(
          "execution",
          error("leaves a run no time to end in order after its deadline", {
            received: `execution ${execution}, run ${run}, slice ${slice}, maxWait ${maxWait}`,
            allowed: `execution of ${run + needed} or more, or run of ${Math.max(1, execution - needed)} or less`,
          }),
        ),
      ];
}

function coverTransfers({ transfer }: Timeouts): PlacedFinding[] {
  return transfer >= LONGEST_TRANSFER_SECONDS
    ? []
    : [
        place(
          "transfer",
          warning("is shorter than the service may take", {
            received: `${transfer} seconds`,
            allowed: `${LONGEST_TRANSFER_SECONDS} or more: 12 hours in the queue, and 12 hours of moving`,
          }),
        ),
      ];
}

const WAITED_FOR = { listing: "a folder that never answers", connector: "a connector that is never ready" } as const;

/** A short run works all the same, as long as what it waits for comes. */
function endUnderTheirNames(timeouts: Timeouts): PlacedFinding[] {
  const { run } = timeouts;
  return (["listing", "connector"] as const)
    .filter((name) => timeouts[name] >= run)
    .map((name) =>
      place(
        name,
        warning(`is not shorter than run: ${WAITED_FOR[name]} ends its run as RunTimedOut`, {
          received: `${name} ${timeouts[name]}, run ${run}`,
          allowed: `below ${run}, for that to be named`,
        }),
      ),
    );
}

/** S3 would expire the work state under an execution that still runs, or what is known of transfers in flight. */
function workStateOutlives({ execution, transfer }: Timeouts, written: unknown): PlacedFinding[] {
  const days = settingsSchema.shape.listResultsRetentionDays.safeParse(written).data;
  const longest = Math.max(execution, transfer);
  if (days === undefined || days * DAY >= longest) {
    return [];
  }
  const name = execution >= transfer ? "execution" : "transfer";
  const finding = error("is shorter than a run may last", {
    received: `${days} days, and timeouts.${name} of ${longest} seconds`,
    allowed: `at least ${Math.ceil(longest / DAY)} days`,
  });
  return [{ path: ["listResultsRetentionDays"], part: "value", finding }];
}

function place(timeout: keyof Timeouts, finding: Finding): PlacedFinding {
  return { path: ["timeouts", timeout], part: "value", finding };
}
