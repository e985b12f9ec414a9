import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { jsonText } from "../../../terraform/terraform-text";
import { grid } from "./grid";
import type { Widget } from "./widgets";

export interface DashboardProps {
  readonly dashboardName: string;
  /** From top to bottom; each fills the width. */
  readonly rows: readonly (readonly Widget[])[];
}

/**
 * A CloudWatch dashboard of the last week. One that is there keeps its name, under which people know it: names have not
 * always ended with the Region. Grants nothing.
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { dashboardName, rows }: DashboardProps) {
    super(scope, id);
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName,
      // `inherit`: a longer time must not add up hours to days behind the reader's back.
      dashboardBody: jsonText({ start: "-P7D", periodOverride: "inherit", widgets: grid(rows) }),
      lifecycle: { ignoreChanges: ["dashboard_name"] },
    });
  }
}
