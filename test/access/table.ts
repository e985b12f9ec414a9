import { LOCAL_REGION } from "../../local/deployment/account";
import { ADMINISTRATOR, type Principal, SERVERS, type Server, type TwoServers } from "./two-servers";

/** Columns: who. Roles of the server in question, then those that are shared, then everybody else. */
const COLUMNS = [
  ["functions", "engine"],
  ["connector", "connector_access"],
  ["state machine", "state_machine"],
  ["schedules", "scheduler"],
  ["recorder", "recorder"],
  ["concurrency", "connector_concurrency"],
  ["connectors' logs", "connector_logging"],
  ["administrator", undefined],
] as const;

type Verbs = Readonly<Record<string, string>>;

/** What a cell may say, and the action that stands for it. */
const OBJECT: Verbs = { read: "s3:GetObject", write: "s3:PutObject", delete: "s3:DeleteObject" };

interface Row {
  readonly what: string;
  readonly verbs: Verbs;
  arn(two: TwoServers, server: Server): string;
  readonly context?: Readonly<Record<string, string>>;
}

/** An account whose owner lets everybody use the buckets there. */
export const OTHER_ACCOUNT = "999999999999";

const inResults =
  (key: (server: Server) => string): Row["arn"] =>
  (two, server) =>
    `${two.shared.bucket}/${key(server)}`;

const LISTING = "orders/run/listings/1/c-1-1.json";

/** What each server has for itself. */
const OF_A_SERVER: readonly Row[] = [
  { what: "ledgers", verbs: OBJECT, arn: inResults((server) => `ledger/${server}/x/in.json`) },
  { what: "locks", verbs: OBJECT, arn: inResults((server) => `locks/${server}/orders`) },
  { what: "work state and reports", verbs: OBJECT, arn: inResults((server) => `runs/${server}/orders/run/root.json`) },
  { what: "listings", verbs: OBJECT, arn: inResults((server) => `runs/${server}/${LISTING}`) },
  { what: "markers of listings", verbs: OBJECT, arn: inResults((server) => `runs/${server}/${LISTING}.failed`) },
  { what: "objects in the target", verbs: OBJECT, arn: ({ parts }, server) => parts[server].targetObject },
  {
    what: "the same in a bucket of another account",
    verbs: OBJECT,
    arn: ({ parts }, server) => parts[server].targetObject,
    context: { "aws:ResourceAccount": OTHER_ACCOUNT },
  },
  {
    what: "credentials",
    verbs: {
      "read the value": "secretsmanager:GetSecretValue",
      describe: "secretsmanager:DescribeSecret",
      replace: "secretsmanager:PutSecretValue",
    },
    arn: ({ parts }, server) => parts[server].secret,
  },
  {
    what: "connector",
    verbs: {
      describe: "transfer:DescribeConnector",
      list: "transfer:StartDirectoryListing",
      "transfer both ways": "transfer:StartFileTransfer",
      update: "transfer:UpdateConnector",
      "delete remote files": "transfer:StartRemoteDelete",
    },
    arn: ({ parts }, server) => parts[server].connector,
  },
  {
    what: "functions",
    verbs: { invoke: "lambda:InvokeFunction" },
    arn: ({ parts }, server) => parts[server].runFunction,
  },
  {
    what: "state machine",
    verbs: { start: "states:StartExecution" },
    arn: ({ parts }, server) => parts[server].stateMachine,
  },
  {
    what: "runs",
    verbs: { describe: "states:DescribeExecution", stop: "states:StopExecution" },
    arn: ({ parts }, server) => parts[server].execution,
  },
];

const KEY: Verbs = { decrypt: "kms:Decrypt", encrypt: "kms:GenerateDataKey" };

/** What all servers share. */
const SHARED: readonly Row[] = [
  {
    what: "list-results bucket",
    verbs: { "change the policy": "s3:PutBucketPolicy", "delete the bucket": "s3:DeleteBucket" },
    arn: ({ shared }) => shared.bucket,
  },
  ...["s3", "secretsmanager", "sns", "sqs"].map((service) => ({
    what: `shared key, by way of ${service}`,
    verbs: KEY,
    arn: ({ shared }: TwoServers) => shared.key,
    context: { "kms:ViaService": `${service}.${LOCAL_REGION}.amazonaws.com` },
  })),
  { what: "shared key itself", verbs: KEY, arn: ({ shared }) => shared.key },
  { what: "notifications", verbs: { publish: "sns:Publish" }, arn: ({ shared }) => shared.topic },
  { what: "queue of starts that failed", verbs: { send: "sqs:SendMessage" }, arn: ({ shared }) => shared.queue },
  {
    what: "recorder's function",
    verbs: { invoke: "lambda:InvokeFunction" },
    arn: ({ shared }) => shared.recorderFunction,
  },
];

/** One answer for each verb and column of a row. */
export interface Answer {
  readonly what: string;
  readonly who: string;
  readonly verb: string;
  readonly isAllowed: boolean;
}

/** What the roles of a server, and those that are shared, may do to what belongs to a server. */
export function answersOn(two: TwoServers, roles: Server, things: Server): Answer[] {
  return answers(two, roles, OF_A_SERVER, things);
}

/** What they may do to what is shared. */
export function answersOnShared(two: TwoServers, roles: Server): Answer[] {
  return answers(two, roles, SHARED, roles);
}

function answers(two: TwoServers, roles: Server, rows: readonly Row[], things: Server): Answer[] {
  return rows.flatMap(({ what, verbs, arn, context }) =>
    COLUMNS.flatMap(([who, role]) =>
      Object.entries(verbs).map(([verb, action]) => {
        const isAllowed = two.allows(principalOf(two, roles, role), action, arn(two, things), context);
        return { what, who, verb, isAllowed };
      }),
    ),
  );
}

function principalOf(two: TwoServers, server: Server, role: (typeof COLUMNS)[number][1]): Principal {
  if (role === undefined) {
    return ADMINISTRATOR;
  }
  return two.role(two.roles.shared.some(({ name }) => name === role) ? "shared" : server, role);
}

/** The section of the page: three tables. */
export function accessTables(two: TwoServers): string {
  const [server, other] = SERVERS;
  return [
    "To what belongs to its own server:",
    table(answersOn(two, server, server)),
    "To what belongs to another server:",
    table(answersOn(two, server, other)),
    "To what all servers share:",
    table(answersOnShared(two, server)),
  ].join("\n\n");
}

function table(all: readonly Answer[]): string {
  const columns = COLUMNS.map(([who]) => who);
  const rows = [...new Set(all.map(({ what }) => what))].map((what) => [
    what,
    ...columns.map((who) => {
      const verbs = all.filter((one) => one.what === what && one.who === who && one.isAllowed);
      return verbs.map(({ verb }) => verb).join(", ");
    }),
  ]);
  return aligned([["", ...columns], ...rows]);
}

/** With its columns padded, as Biome formats it. */
function aligned([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
