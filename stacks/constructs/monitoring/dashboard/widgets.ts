import type { Metric } from "../metrics/metrics";
import { HOUR } from "../metrics/periods";

/** On CloudWatch's grid: columns, and rows of about 50 pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** One entry of a graph: names and values in a row, options last; or an expression (Dashboard body structure). */
type GraphEntry = readonly (string | Readonly<Record<string, string>>)[];

interface GraphProperties {
  readonly title: string;
  readonly region: string;
  readonly view: "timeSeries" | "singleValue";
  readonly metrics: readonly GraphEntry[];
  /** Seconds. */
  readonly period: number;
  readonly stat: "Sum";
  readonly stacked?: boolean;
  readonly yAxis?: { readonly left: { readonly min: 0; readonly showUnits: false; readonly label: string } };
  /** One figure for the whole time that the dashboard shows. */
  readonly setPeriodToTimeRange?: true;
}

export type Widget = Size &
  (
    | { readonly type: "metric"; readonly properties: GraphProperties }
    | { readonly type: "alarm"; readonly properties: { readonly title: string; readonly alarms: readonly string[] } }
    | {
        readonly type: "log";
        readonly properties: {
          readonly title: string;
          readonly region: string;
          readonly view: "table";
          readonly query: string;
        };
      }
    | { readonly type: "text"; readonly properties: { readonly markdown: string } }
  );

/** A line of a graph: a metric, or an expression that finds metrics or calculates. */
export type Line =
  | { readonly metric: Metric; readonly label: string; readonly color?: Color }
  | { readonly expression: string; readonly label: string };

/** CloudWatch's own colours. A graph gives them to all of its lines or to none: it would use one of them twice. */
const COLORS = {
  blue: "#1f77b4",
  orange: "#ff7f0e",
  green: "#2ca02c",
  red: "#d62728",
  purple: "#9467bd",
  brown: "#8c564b",
} as const;

export type Color = keyof typeof COLORS;

export interface GraphProps extends Size {
  readonly title: string;
  readonly region: string;
  readonly lines: readonly Line[];
  readonly periodSeconds: number;
  /** What the axis counts, such as `files`. */
  readonly unit: string;
  readonly stacked?: boolean;
}

export function graph({
  title,
  region,
  lines,
  periodSeconds,
  unit,
  stacked = false,
  width,
  height,
}: GraphProps): Widget {
  return {
    type: "metric",
    width,
    height,
    properties: {
      title,
      region,
      view: "timeSeries",
      stacked,
      metrics: lines.map(entry),
      period: periodSeconds,
      stat: "Sum",
      yAxis: { left: { min: 0, showUnits: false, label: unit } },
    },
  };
}

export interface TotalProps extends Size {
  readonly title: string;
  readonly region: string;
  readonly line: Line;
}

/** One figure: the sum over the time that the dashboard shows. */
export function total({ title, region, line, width, height }: TotalProps): Widget {
  return {
    type: "metric",
    width,
    height,
    properties: {
      title,
      region,
      view: "singleValue",
      metrics: [entry(line)],
      period: HOUR,
      stat: "Sum",
      setPeriodToTimeRange: true,
    },
  };
}

function entry(line: Line): GraphEntry {
  if ("expression" in line) {
    return [{ expression: line.expression, label: line.label }];
  }
  const { metric, label, color } = line;
  const dimensions = Object.entries(metric.dimensions).flat();
  const options = { label, stat: metric.statistic, ...(color === undefined ? {} : { color: COLORS[color] }) };
  return [metric.namespace, metric.name, ...dimensions, options];
}

/** Alarms that have room side by side. */
const ALARMS_PER_ROW = 4;

/** Alarms that a widget takes (Dashboard body structure, "Alarm status widget"). */
const ALARMS_PER_WIDGET = 100;

/** Rows over the whole width, as many as it takes. @param alarms ARNs. */
export function alarmStates(title: string, alarms: readonly string[]): Widget[][] {
  return Array.from({ length: Math.ceil(alarms.length / ALARMS_PER_WIDGET) }, (_, index) => {
    const shown = alarms.slice(index * ALARMS_PER_WIDGET, (index + 1) * ALARMS_PER_WIDGET);
    const height = 1 + Math.ceil(shown.length / ALARMS_PER_ROW);
    return [{ type: "alarm", width: 24, height, properties: { title, alarms: shown } }];
  });
}

export interface LogTableProps extends Size {
  readonly title: string;
  readonly region: string;
  readonly logGroup: string;
  /** Of Logs Insights, without its source. Looking at the dashboard runs it, and is charged by what it scans. */
  readonly query: readonly string[];
}

export function logTable({ title, region, logGroup, query, width, height }: LogTableProps): Widget {
  const source = `SOURCE '${logGroup}'`;
  return {
    type: "log",
    width,
    height,
    properties: { title, region, view: "table", query: [source, ...query].join(" | ") },
  };
}

export function text(lines: readonly string[], size: Size): Widget {
  return { type: "text", ...size, properties: { markdown: lines.join("\n") } };
}
