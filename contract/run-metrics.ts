/**
 * What a run tells CloudWatch, with its unit. Each name is one metric for every sync, and each metric is charged: the
 * reasons for skips are in the report and the log.
 */
export const RUN_METRICS = {
  RunsSucceeded: "Count",
  RunsFailed: "Count",
  FilesTransferred: "Count",
  FilesFailed: "Count",
  BytesTransferred: "Bytes",
} as const;

export type RunMetricName = keyof typeof RUN_METRICS;

/** The dimensions of a run's metrics: these, and no others. */
export interface RunDimensions {
  readonly Server: string;
  readonly Sync: string;
}
