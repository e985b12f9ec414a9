import type { ServerDefinition } from "../../../contract/model";
import type { RunMetricName } from "../../../contract/run-metrics";
import { FAILURE_IN_INSIGHTS } from "./connector-error-filter";
import { plainMarkdown } from "./dashboard/plain-markdown";
import { alarmStates, type Color, graph, type Line, logTable, text, type Widget } from "./dashboard/widgets";
import {
  connectorErrors,
  type FunctionMetricName,
  functionMetric,
  runMetric,
  type SchedulesMetricName,
  type StateMachineMetricName,
  schedulesMetric,
  stateMachineMetric,
} from "./metrics/metrics";
import { HOUR, MINUTES_5 } from "./metrics/periods";

export interface ServerDashboardProps {
  readonly prefix: string;
  readonly region: string;
  readonly server: ServerDefinition;
  readonly alarmArns: readonly string[];
  /** Syncs without an alarm for a missing success, with the reason. */
  readonly unwatched: Readonly<Record<string, string>>;
  readonly stateMachineArn: string;
  /** Names by what they are called in the graphs. */
  readonly functionNames: Readonly<Record<string, string>>;
  readonly scheduleGroup: string;
  readonly connectorLogGroup: string;
}

/** What is shown of one server, from what people ask first to what they ask last. */
export function serverDashboard(props: ServerDashboardProps): Widget[][] {
  return [
    [heading(props)],
    ...alarmStates("Alarms", props.alarmArns),
    [
      bySync(props, "Runs that succeeded", "runs", "RunsSucceeded", 8),
      bySync(props, "Runs that failed", "runs", "RunsFailed", 8),
      bySync(props, "Files that failed", "files", "FilesFailed", 8),
    ],
    [
      bySync(props, "Files transferred", "files", "FilesTransferred", 12),
      bySync(props, "Bytes transferred", "bytes", "BytesTransferred", 12),
    ],
    [executions(props), schedules(props)],
    [
      functions(props, "Errors of each function", "errors", "Errors"),
      functions(props, "Longest invocation of each function", "ms", "Duration"),
    ],
    [connectorFailures(props), connectorLog(props)],
  ];
}

function heading({ server, unwatched }: ServerDashboardProps): Widget {
  const reasons = Object.entries(unwatched).map(([sync, reason]) => `- \`${sync}\`: ${reason}`);
  return text(
    [
      `# SFTP sync ${server.name}`,
      [plainMarkdown(server.description), `\`${server.url}\``, "What each alarm wants: `docs/operations.md`."]
        .filter((part) => part !== "")
        .join(" · "),
      ...(reasons.length === 0 ? [] : ["", "No alarm tells when these have not succeeded in time:", ...reasons]),
    ],
    // A title and a line; then a line, and one for every two items of the list.
    { width: 24, height: reasons.length === 0 ? 2 : 3 + Math.ceil(reasons.length / 2) },
  );
}

function bySync(
  { prefix, region, server }: ServerDashboardProps,
  title: string,
  unit: string,
  name: RunMetricName,
  width: number,
): Widget {
  const lines = server.syncs.map(({ setting: { Name: sync } }) => ({
    metric: runMetric(prefix, { Server: server.name, Sync: sync }, name),
    label: sync,
  }));
  return graph({ title, region, unit, lines, periodSeconds: HOUR, stacked: true, width, height: 6 });
}

function executions({ region, stateMachineArn }: ServerDashboardProps): Widget {
  const line = (name: StateMachineMetricName, label: string, color: Color): Line => ({
    metric: stateMachineMetric(stateMachineArn, name),
    label,
    color,
  });
  return graph({
    title: "Executions of the state machine",
    region,
    unit: "executions",
    periodSeconds: HOUR,
    lines: [
      line("ExecutionsStarted", "started", "blue"),
      line("ExecutionsSucceeded", "succeeded, or handed over", "green"),
      line("ExecutionsFailed", "failed", "red"),
      line("ExecutionsTimedOut", "timed out", "orange"),
      line("ExecutionsAborted", "stopped", "purple"),
      line("ExecutionThrottled", "throttled", "brown"),
    ],
    width: 12,
    height: 6,
  });
}

function schedules({ region, scheduleGroup }: ServerDashboardProps): Widget {
  const line = (name: SchedulesMetricName, label: string, color: Color): Line => ({
    metric: schedulesMetric(scheduleGroup, name),
    label,
    color,
  });
  return graph({
    title: "Schedules",
    region,
    unit: "starts",
    periodSeconds: HOUR,
    lines: [
      line("InvocationAttemptCount", "tried", "blue"),
      line("TargetErrorCount", "refused", "orange"),
      line("InvocationDroppedCount", "given up", "purple"),
      line("InvocationsSentToDeadLetterCount", "dead letters", "red"),
      line("InvocationsFailedToBeSentToDeadLetterCount", "dead letters lost", "brown"),
    ],
    width: 12,
    height: 6,
  });
}

function functions(
  { region, functionNames }: ServerDashboardProps,
  title: string,
  unit: string,
  name: FunctionMetricName,
): Widget {
  const lines = Object.entries(functionNames).map(([label, functionName]) => ({
    metric: functionMetric(functionName, name),
    label,
  }));
  return graph({ title, region, unit, lines, periodSeconds: MINUTES_5, width: 12, height: 6 });
}

function connectorFailures({ prefix, region, server }: ServerDashboardProps): Widget {
  const lines = [{ metric: connectorErrors(prefix, server.name), label: "failures", color: "red" } as const];
  return graph({
    title: "Failures in the connector's log",
    region,
    unit: "lines",
    lines,
    periodSeconds: MINUTES_5,
    width: 8,
    height: 6,
  });
}

function connectorLog({ region, connectorLogGroup }: ServerDashboardProps): Widget {
  return logTable({
    title: "Last failures of the connector",
    region,
    logGroup: connectorLogGroup,
    query: [
      "fields @timestamp, operation, `failure-code`, `failure-message`, `file-path`",
      `filter ${FAILURE_IN_INSIGHTS}`,
      "sort @timestamp desc",
      "limit 20",
    ],
    width: 16,
    height: 6,
  });
}
