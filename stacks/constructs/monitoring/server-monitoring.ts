import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import type { ServerNames } from "../../../config/naming/aws-names";
import type { Settings } from "../../../config/settings/settings";
import type { ServerDefinition } from "../../../contract/model";
import { createConnectorErrorFilter } from "./connector-error-filter";
import { Dashboard } from "./dashboard/dashboard";
import { createServerAlarms } from "./server-alarms";
import { serverDashboard } from "./server-dashboard";
import { createSuccessAlarms } from "./success-alarm";

export interface ServerMonitoringProps {
  readonly settings: Settings;
  readonly server: ServerDefinition;
  readonly names: ServerNames;
  readonly stateMachineArn: string;
  /** Names of the run's functions by what graphs call them. */
  readonly functionNames: Readonly<Record<string, string>>;
  readonly connectorLogGroup: CloudwatchLogGroup;
  readonly topicArn: string;
}

export interface ServerMonitoring {
  /** Syncs whose missing success no alarm can tell, with the reason. */
  readonly unwatched: Readonly<Record<string, string>>;
}

/**
 * Watches one server: its alarms, those of its syncs, and a dashboard unless the settings do without. Created straight in
 * the stack, so that the addresses are the alarms' own names. Grants nothing.
 */
export function createServerMonitoring(stack: Construct, props: ServerMonitoringProps): ServerMonitoring {
  const { settings, server, names, stateMachineArn, functionNames, connectorLogGroup, topicArn } = props;
  const prefix = settings.namePrefix;
  createConnectorErrorFilter(stack, { prefix, server: server.name, logGroup: connectorLogGroup });
  const serverAlarms = createServerAlarms(stack, {
    prefix,
    server: server.name,
    names,
    stateMachineArn,
    functionNames: Object.values(functionNames),
    topicArn,
  });
  const { alarms, unwatched } = createSuccessAlarms(stack, {
    prefix,
    server: server.name,
    syncs: server.syncs,
    names,
    topicArn,
    graceSeconds: settings.alarms.graceSeconds,
  });
  if (settings.dashboards) {
    new Dashboard(stack, "server", {
      dashboardName: names.dashboard,
      rows: serverDashboard({
        prefix,
        region: settings.region,
        server,
        alarmArns: [...alarms, ...serverAlarms].map(({ arn }) => arn),
        unwatched,
        stateMachineArn,
        functionNames,
        scheduleGroup: names.scheduleGroup,
        connectorLogGroup: connectorLogGroup.name,
      }),
    });
  }
  return { unwatched };
}
