import type { RunMetricName } from "../../../contract/run-metrics";
import { connectorErrorsNamespace, runMetricsNamespace } from "../../naming/names";
import { alarmStates, type Color, graph, type Line, text, total, type Widget } from "./dashboard/widgets";
import { functionMetric, queueDepth, type TopicMetricName, topicMetric } from "./metrics/metrics";
import { HOUR } from "./metrics/periods";

export interface OverviewDashboardProps {
  readonly prefix: string;
  readonly region: string;
  readonly alarmArns: readonly string[];
  readonly recorderFunctionName: string;
  readonly topicName: string;
  /** Names of the queues by what they are called in the graph. */
  readonly deadLetterQueues: Readonly<Record<string, string>>;
}

/** Lines of a graph that compares syncs. */
const TOP = 20;

/**
 * What is shown of all servers. They are found by searching for their metrics, so that a new one needs no change here;
 * CloudWatch finds what has had data within two weeks, and 500 metrics at most.
 */
export function overviewDashboard(props: OverviewDashboardProps): Widget[][] {
  return [
    [heading(props)],
    ...alarmStates("Alarms of what the servers share", props.alarmArns),
    [
      sum(props, "Runs that succeeded", "RunsSucceeded"),
      sum(props, "Runs that failed", "RunsFailed"),
      sum(props, "Files transferred", "FilesTransferred"),
      sum(props, "Bytes transferred", "BytesTransferred"),
    ],
    [most(props, "Most failed runs", "runs", "RunsFailed"), most(props, "Most failed files", "files", "FilesFailed")],
    [
      most(props, "Most files transferred", "files", "FilesTransferred"),
      most(props, "Most bytes transferred", "bytes", "BytesTransferred"),
    ],
    [connectors(props), deadLetters(props)],
    [recorder(props), notifications(props)],
  ];
}

function heading({ prefix }: OverviewDashboardProps): Widget {
  return text(
    [
      `# SFTP sync, all servers of \`${prefix}\``,
      `A server's own dashboard begins with \`${prefix}-SERVER\`. What each alarm wants: \`docs/operations.md\`.`,
    ],
    { width: 24, height: 2 },
  );
}

/** Names in quotes: within them nothing but the very name is found, and a hyphen is allowed. */
function search(prefix: string, name: RunMetricName): string {
  return `SEARCH('{"${runMetricsNamespace(prefix)}",Server,Sync} MetricName="${name}"', 'Sum')`;
}

function sum({ prefix, region }: OverviewDashboardProps, title: string, name: RunMetricName): Widget {
  const line = { expression: `SUM(${search(prefix, name)})`, label: title };
  return total({ title, region, line, width: 6, height: 3 });
}

function most({ prefix, region }: OverviewDashboardProps, title: string, unit: string, name: RunMetricName): Widget {
  const line = {
    expression: `SORT(${search(prefix, name)}, SUM, DESC, ${TOP})`,
    label: `${property("Dim.Server")} / ${property("Dim.Sync")}`,
  };
  return graph({ title, region, unit, lines: [line], periodSeconds: HOUR, stacked: true, width: 12, height: 6 });
}

/** In a label: CloudWatch puts in what each metric that was found has there. */
const property = (name: string): string => `\${PROP('${name}')}`;

function connectors({ prefix, region }: OverviewDashboardProps): Widget {
  const found = `SEARCH('Namespace="${connectorErrorsNamespace(prefix)}"', 'Sum')`;
  const line = { expression: `SORT(${found}, SUM, DESC, ${TOP})`, label: property("MetricName") };
  const title = "Failures in connectors' logs";
  return graph({
    title,
    region,
    unit: "lines",
    lines: [line],
    periodSeconds: HOUR,
    stacked: true,
    width: 12,
    height: 6,
  });
}

function deadLetters({ region, deadLetterQueues }: OverviewDashboardProps): Widget {
  const lines = Object.entries(deadLetterQueues).map(([label, name]) => ({ metric: queueDepth(name), label }));
  return graph({ title: "Dead letters", region, unit: "messages", lines, periodSeconds: HOUR, width: 12, height: 6 });
}

function recorder({ region, recorderFunctionName }: OverviewDashboardProps): Widget {
  const lines: Line[] = [
    { metric: functionMetric(recorderFunctionName, "Invocations"), label: "invocations", color: "blue" },
    { metric: functionMetric(recorderFunctionName, "Errors"), label: "errors", color: "red" },
  ];
  const title = "Recorder of failed listings";
  return graph({ title, region, unit: "invocations", lines, periodSeconds: HOUR, width: 12, height: 6 });
}

function notifications({ region, topicName }: OverviewDashboardProps): Widget {
  const line = (name: TopicMetricName, label: string, color: Color): Line => ({
    metric: topicMetric(topicName, name),
    label,
    color,
  });
  const lines = [
    line("NumberOfMessagesPublished", "published", "blue"),
    line("NumberOfNotificationsDelivered", "delivered", "green"),
    line("NumberOfNotificationsFailed", "not delivered", "red"),
  ];
  return graph({ title: "Notifications", region, unit: "messages", lines, periodSeconds: HOUR, width: 12, height: 6 });
}
