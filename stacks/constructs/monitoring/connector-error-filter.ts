import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import type { Construct } from "constructs";
import { connectorErrors } from "./metrics/metrics";

export interface ConnectorErrorFilterProps {
  readonly prefix: string;
  readonly server: string;
  readonly logGroup: CloudwatchLogGroup;
}

/**
 * A line of a connector's log that tells of a failure. The user guide ("Example log entries for SFTP connectors") shows
 * lines of transfers: JSON with `status-code` COMPLETED or FAILED. It shows none of a listing that failed, nor of one that
 * is an error of the connector itself; for those this takes the same field, and what servers' logs have. A word anywhere
 * in the line would count every file below a folder named ERROR.
 */
const FAILURE = '{ ($.status-code = "FAILED") || ($.activity-type = "ERROR") }';

/** The same in the language of CloudWatch Logs Insights. */
export const FAILURE_IN_INSIGHTS = '`status-code` = "FAILED" or `activity-type` = "ERROR"';

/** Counts the failures in the connector's log. Without failures there is no metric, and nothing to pay. */
export function createConnectorErrorFilter(stack: Construct, props: ConnectorErrorFilterProps): void {
  const { prefix, server, logGroup } = props;
  const { namespace, name } = connectorErrors(prefix, server);
  new CloudwatchLogMetricFilter(stack, "connector_failures", {
    name: "failures",
    logGroupName: logGroup.name,
    pattern: FAILURE,
    metricTransformation: { namespace, name, value: "1" },
  });
}
