import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { type AlarmText, alarmDescription } from "./alarm-text";
import type { Metric } from "./metrics/metrics";

/** When an alarm is raised. CloudWatch looks at the last `periods` periods, and counts those that breach. */
export interface AlarmCondition {
  readonly breach: { readonly atLeast: number } | { readonly below: number };
  /** 60 or a multiple of it. */
  readonly periodSeconds: number;
  readonly periods: number;
  readonly breachesToAlarm: number;
  /** Whether a period without data is a breach. */
  readonly missingData: "breaching" | "notBreaching";
}

export interface AlarmProps {
  readonly alarmName: string;
  readonly text: AlarmText;
  /** Added up; each is charged as an alarm of its own. */
  readonly metrics: readonly Metric[];
  readonly condition: AlarmCondition;
  readonly topicArn: string;
  /**
   * Whether its end is told too. Only where somebody waits for it: a new alarm ends once without having begun, as soon as
   * CloudWatch has judged it for the first time.
   */
  readonly tellsEnd: boolean;
}

/** An alarm that notifies the topic, and says what it means and what to do about it. Grants nothing. */
export class Alarm extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { alarmName, text, metrics, condition, topicArn, tellsEnd } = props;
    this.arn = new CloudwatchMetricAlarm(this, "alarm", {
      alarmName,
      alarmDescription: alarmDescription(text),
      ...comparison(condition),
      ...watched(metrics, condition.periodSeconds),
      evaluationPeriods: condition.periods,
      datapointsToAlarm: condition.breachesToAlarm,
      treatMissingData: condition.missingData,
      alarmActions: [topicArn],
      ...(tellsEnd ? { okActions: [topicArn] } : {}),
    }).arn;
  }
}

function comparison({ breach }: AlarmCondition): Pick<CloudwatchMetricAlarmConfig, "comparisonOperator" | "threshold"> {
  return "below" in breach
    ? { comparisonOperator: "LessThanThreshold", threshold: breach.below }
    : { comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: breach.atLeast };
}

function watched(metrics: readonly Metric[], period: number): Partial<CloudwatchMetricAlarmConfig> {
  const [first, ...more] = metrics;
  if (first !== undefined && more.length === 0) {
    return { ...identity(first), statistic: first.statistic, period };
  }
  const queries = metrics.map((metric, index) => ({
    id: `m${index}`,
    metric: { ...identity(metric), stat: metric.statistic, period },
  }));
  // SUM leaves out what has no data; `+` would have none wherever one of them has none.
  const sum = {
    id: "sum",
    expression: `SUM([${queries.map(({ id }) => id).join(", ")}])`,
    label: "Sum",
    returnData: true,
  };
  return { metricQuery: [sum, ...queries] };
}

function identity({ namespace, name, dimensions }: Metric) {
  const hasDimensions = Object.keys(dimensions).length > 0;
  return { namespace, metricName: name, ...(hasDimensions ? { dimensions: { ...dimensions } } : {}) };
}
