import { LOCAL_ACCOUNT, LOCAL_REGION } from "../../local/deployment/account";
import { objectArn } from "./calls";
import type { AccessRequest } from "./policy";
import { LAKE, LAKE_KEY } from "./runs";

type Request = (listResultsBucket: string) => AccessRequest;

const inResults =
  (action: string, key: string): Request =>
  (bucket) => ({ action, resource: objectArn(bucket, key) });

const inLake =
  (action: string, key: string): Request =>
  () => ({ action, resource: objectArn(LAKE, key) });

const listing =
  (prefix: string, bucket?: string): Request =>
  (listResults) => ({
    action: "s3:ListBucket",
    resource: `arn:aws:s3:::${bucket ?? listResults}`,
    context: { "s3:prefix": prefix },
  });

const on =
  (action: `${string}:${string}`, resource: string): Request =>
  () => ({ action, resource: `arn:aws:${action.split(":")[0]}:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${resource}` });

/** What the roles of the server `partner` must not do. The other server's name begins like this one's on purpose. */
export const REFUSED: readonly (readonly [what: string, role: string, request: Request])[] = [
  ["the functions from writing to a target", "engine", inLake("s3:PutObject", "landing/in/orders/a.csv")],
  ["the functions from deleting in a target", "engine", inLake("s3:DeleteObject", "landing/in/orders/a.csv")],
  ["the functions from looking beside a sync's prefix", "engine", inLake("s3:GetObject", "landing-zone/a.csv")],
  ["the functions from listing beside a sync's prefix", "engine", listing("landing-zone/", LAKE)],
  [
    "the functions from decrypting what a target's own key protects",
    "engine",
    () => ({ action: "kms:Decrypt", resource: LAKE_KEY }),
  ],
  [
    "the functions from another server's runs",
    "engine",
    inResults("s3:GetObject", "runs/partner-b/orders/1/root.json"),
  ],
  ["the functions from another server's ledgers", "engine", inResults("s3:PutObject", "ledger/partner-b/x/in.json")],
  ["the functions from another server's locks", "engine", inResults("s3:DeleteObject", "locks/partner-b/orders")],
  ["the functions from listing another server's runs", "engine", listing("runs/partner-b/")],
  ["the functions from listing all locks", "engine", listing("locks/")],
  ["the functions from deleting a ledger", "engine", inResults("s3:DeleteObject", "ledger/partner/x/in.json")],
  ["the functions from deleting a report", "engine", inResults("s3:DeleteObject", "runs/partner/orders/1/report.json")],
  [
    "the functions from the credentials",
    "engine",
    on("secretsmanager:GetSecretValue", "secret:aws/transfer/sftp-sync-partner-8c2938"),
  ],
  ["the functions from stopping a run", "engine", on("states:StopExecution", "execution:sftp-sync-partner:1")],
  [
    "the functions from another server's runs in Step Functions",
    "engine",
    on("states:DescribeExecution", "execution:sftp-sync-partner-b:1"),
  ],
  [
    "the functions from starting another server's runs",
    "engine",
    on("states:StartExecution", "stateMachine:sftp-sync-partner-b"),
  ],
  [
    "the connector from writing beside a sync's prefix",
    "connector_access",
    inLake("s3:PutObject", "landing-zone/a.csv"),
  ],
  ["the connector from writing to a target's root", "connector_access", inLake("s3:PutObject", "a.csv")],
  [
    "the connector from another server's runs",
    "connector_access",
    inResults("s3:PutObject", "runs/partner-b/orders/1/listings/1/x.json"),
  ],
  ["the connector from the ledgers", "connector_access", inResults("s3:PutObject", "ledger/partner/x/in.json")],
  ["the connector from the locks", "connector_access", inResults("s3:DeleteObject", "locks/partner/orders")],
  [
    "the connector from another server's credentials",
    "connector_access",
    on("secretsmanager:GetSecretValue", "secret:aws/transfer/sftp-sync-partner-b-8c2938"),
  ],
  [
    "the state machine from another server's functions",
    "state_machine",
    on("lambda:InvokeFunction", "function:sftp-sync-partner-b-finish-run"),
  ],
  ["the state machine from other topics", "state_machine", on("sns:Publish", "other")],
  [
    "the schedules from another server's state machine",
    "scheduler",
    on("states:StartExecution", "stateMachine:sftp-sync-partner-b"),
  ],
  ["the recorder from ledgers", "recorder", inResults("s3:PutObject", "ledger/partner/x/in.json")],
  ["the recorder from reading", "recorder", inResults("s3:GetObject", "runs/partner/orders/1/report.json")],
  [
    "the function for concurrency from deleting a connector",
    "connector_concurrency",
    on("transfer:DeleteConnector", "connector/c-0123456789abcdef0"),
  ],
  [
    "connectors' logs from other log groups",
    "connector_logging",
    on("logs:PutLogEvents", "log-group:/aws/lambda/x:log-stream:y"),
  ],
];
