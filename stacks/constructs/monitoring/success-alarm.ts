import type { Construct } from "constructs";
import type { ServerNames } from "../../../config/naming/aws-names";
import type { SyncDefinition } from "../../../contract/model";
import { Alarm } from "./alarm";
import { runMetric } from "./metrics/metrics";
import { type SuccessWatch, successWatch } from "./success-watch";

export interface SuccessAlarmsProps {
  readonly prefix: string;
  readonly server: string;
  readonly syncs: readonly SyncDefinition[];
  readonly names: ServerNames;
  readonly topicArn: string;
  /** From when a run is due to its success. */
  readonly graceSeconds: number;
}

export interface SuccessAlarms {
  readonly alarms: readonly Alarm[];
  /** Syncs for which CloudWatch cannot express it, with the reason. */
  readonly unwatched: Readonly<Record<string, string>>;
}

/** One alarm for each sync: no run succeeded when one was due. Straight in the stack, as `no_success_SYNC`. */
export function createSuccessAlarms(stack: Construct, props: SuccessAlarmsProps): SuccessAlarms {
  const watches = props.syncs.map((sync) => ({
    sync: sync.setting.Name,
    watch: successWatch(sync, props.graceSeconds),
  }));
  return {
    alarms: watches.flatMap(({ sync, watch }) =>
      watch.reason === undefined ? [createAlarm(stack, sync, watch, props)] : [],
    ),
    unwatched: Object.fromEntries(
      watches.flatMap(({ sync, watch }) => (watch.reason === undefined ? [] : [[sync, watch.reason]])),
    ),
  };
}

type Watched = Extract<SuccessWatch, { readonly periods: number }>;

function createAlarm(
  stack: Construct,
  sync: string,
  { periodSeconds, periods }: Watched,
  { prefix, server, names, topicArn }: SuccessAlarmsProps,
): Alarm {
  return new Alarm(stack, `no_success_${sync}`, {
    alarmName: names.syncAlarm(sync, "no-successful-run"),
    text: {
      kind: "no-successful-run",
      impact: `No run of ${server} / ${sync} has succeeded although one was due: S3 may be behind the server.`,
      lookAt: `notifications of failed runs; else whether runs start at all: executions of the state machine ${names.stateMachine}.`,
      todo:
        "end what made them fail, or start a run by hand. A new sync is in alarm until its first success. Where runs " +
        "just take longer, raise alarms.graceSeconds.",
    },
    metrics: [runMetric(prefix, { Server: server, Sync: sync }, "RunsSucceeded")],
    condition: {
      breach: { below: 1 },
      periodSeconds,
      periods,
      breachesToAlarm: periods,
      // No run is no success either.
      missingData: "breaching",
    },
    topicArn,
    // Somebody waits for it; and as long as no run has succeeded, it has begun.
    tellsEnd: true,
  });
}
