import type { Construct } from "constructs";
import type { Settings } from "../../../config/settings/settings";
import { type SharedNames, sharedMonitoringNames } from "../../naming/names";
import { Dashboard } from "./dashboard/dashboard";
import { overviewDashboard } from "./overview-dashboard";
import { createSharedAlarms } from "./shared-alarms";

export interface SharedMonitoringProps {
  readonly settings: Settings;
  readonly names: SharedNames;
  readonly topicArn: string;
}

/** Watches what the servers share, and shows an overview of them all. Created straight in the stack. Grants nothing. */
export function createSharedMonitoring(stack: Construct, { settings, names, topicArn }: SharedMonitoringProps): void {
  const alarms = createSharedAlarms(stack, { settings, names, topicArn });
  new Dashboard(stack, "overview", {
    dashboardName: sharedMonitoringNames(settings).overviewDashboard,
    rows: overviewDashboard({
      prefix: settings.namePrefix,
      region: settings.region,
      alarmArns: alarms.map(({ arn }) => arn),
      recorderFunctionName: names.recorderFunction,
      topicName: names.topic,
      deadLetterQueues: {
        "runs not started": names.scheduleDeadLetterQueue,
        "listings not recorded": names.failedListingsDeadLetterQueue,
      },
    }),
  });
}
