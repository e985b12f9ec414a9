import { type ApiRequest, ask } from "./ask";

/** The lists in which everything appears that the stacks create under a name; parts of a thing go with it. */
const LISTS: Readonly<Record<string, ApiRequest>> = {
  alarms: { service: "monitoring", action: "DescribeAlarms&Version=2010-08-01" },
  buckets: { service: "s3", method: "GET" },
  connectors: { service: "transfer", target: "TransferService.ListConnectors" },
  dashboards: { service: "monitoring", action: "ListDashboards&Version=2010-08-01" },
  functions: { service: "lambda", method: "GET", path: "/2015-03-31/functions/" },
  "key aliases": { service: "kms", target: "TrentService.ListAliases" },
  "log groups": { service: "logs", target: "Logs_20140328.DescribeLogGroups" },
  parameters: { service: "ssm", target: "AmazonSSM.DescribeParameters" },
  queues: { service: "sqs", target: "AmazonSQS.ListQueues" },
  roles: { service: "iam", action: "ListRoles&Version=2010-05-08" },
  rules: { service: "events", target: "AWSEvents.ListRules" },
  "schedule groups": { service: "scheduler", method: "GET", path: "/schedule-groups" },
  schedules: { service: "scheduler", method: "GET", path: "/schedules" },
  secrets: { service: "secretsmanager", target: "secretsmanager.ListSecrets" },
  "state machines": { service: "states", target: "AWSStepFunctions.ListStateMachines" },
  subscriptions: { service: "sns", action: "ListSubscriptions&Version=2010-03-31" },
  topics: { service: "sns", action: "ListTopics&Version=2010-03-31" },
};

/** What an account holds: the services' own lists, as they answer. */
export type Inventory = ReadonlyMap<string, string>;

export async function takeInventory(endpoint: string): Promise<Inventory> {
  const lists = await Promise.all(
    Object.entries(LISTS).map(async ([name, list]) => [name, await ask(endpoint, list)] as const),
  );
  return new Map(lists);
}

/** Names of the lists in which a text stands. */
export function listsWith(inventory: Inventory, text: string): string[] {
  return [...inventory].filter(([, list]) => list.includes(text)).map(([name]) => name);
}

/** Names of the lists that differ. */
export function differences(before: Inventory, after: Inventory): string[] {
  return [...after].filter(([name, list]) => before.get(name) !== list).map(([name]) => name);
}
