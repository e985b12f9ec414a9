import { Metrics } from "@aws-lambda-powertools/metrics";
import { RUN_METRICS, type RunDimensions } from "../../../contract/run-metrics";
import { type RunMetrics, runFigures } from "../../../engine/run/run-figures";

/**
 * Metrics by CloudWatch's embedded metric format: one line of JSON in the function's log for each run, no call, no
 * permission. A repeated line would be counted again.
 * @param namespace of this installation; another one in the same account has its own.
 */
export function emfMetrics(namespace: string): RunMetrics {
  const metrics = new Metrics({ namespace });
  // The library's own dimension is `service`; with it every metric would be another one, which no alarm looks at.
  metrics.clearDefaultDimensions();
  return {
    record(report) {
      const figures = runFigures(report);
      if (figures.length === 0) {
        return;
      }
      const dimensions: RunDimensions = { Server: report.server, Sync: report.sync };
      metrics.addDimensions({ ...dimensions });
      // As on every other line of the log.
      metrics.addMetadata("correlation_id", report.execution);
      for (const { name, value } of figures) {
        metrics.addMetric(name, RUN_METRICS[name], value);
      }
      metrics.publishStoredMetrics();
    },
  };
}
