export interface Unrecorded {
  /** Name in state, and the statement there. */
  readonly role: string;
  readonly sid: string;
  /** Some of the statement's actions. */
  readonly actions: readonly string[];
  /** Of the grants, those whose text matches; absent where it is all of them. */
  readonly text?: RegExp;
  readonly reason: string;
}

/** What belongs to the sync whose folder is missing. */
const MISSING = [
  ["connector_access", "WriteObjects", "s3:PutObject"],
  ["engine", "LookAtTargetObjects", "s3:GetObject"],
  ["engine", "ListTargetObjects1", "s3:ListBucket"],
] as const;

/** What is granted although no run on this machine shows that it is needed. An entry that a run does show has to go. */
export const GRANTED_WITHOUT_RECORD: readonly Unrecorded[] = [
  {
    role: "connector_access",
    sid: "FindBuckets",
    actions: ["s3:GetBucketLocation", "s3:ListBucket"],
    reason: "In the user guide's policy for SFTP connectors; the local connector knows its buckets.",
  },
  {
    role: "connector_access",
    sid: "WriteObjects",
    actions: ["s3:DeleteObject", "s3:GetObject"],
    reason: "In the user guide's policy for SFTP connectors, which asks for read and write access to the target.",
  },
  {
    role: "connector_access",
    sid: "WriteObjects",
    actions: ["s3:AbortMultipartUpload"],
    reason:
      "A large file comes in parts; what is left of a transfer that broke off would be paid for until it is aborted.",
  },
  {
    role: "connector_access",
    sid: "WriteObjects",
    actions: ["s3:PutObject"],
    text: /\/in\/(orders|prices)$/,
    reason:
      "The folder itself: what the connector may ask for of the directory that it writes to is documented nowhere.",
  },
  ...MISSING.map(([role, sid, action]) => ({
    role,
    sid,
    actions: [action],
    text: /\/in\/missing/,
    reason: "Nothing is copied from a folder that is not there.",
  })),
  {
    role: "connector_logging",
    sid: "WriteToConnectorLogGroups",
    actions: ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
    reason: "In AWS's own policy for logging roles, AWSTransferLoggingAccess; locally nobody writes a connector's log.",
  },
  {
    role: "recorder",
    sid: "SendDeadLetters",
    actions: ["sqs:SendMessage"],
    reason:
      "Lambda sends an event there that the function failed on, under the function's role; locally there are no queues.",
  },
  {
    role: "recorder",
    sid: "WriteMarkers",
    actions: ["s3:PutObject"],
    text: /\.(empty|completed)$/,
    reason:
      "The marker of an empty folder, for which the local connector writes a listing, and of one without an item-count.",
  },
  {
    role: "recorder",
    sid: "UseQueueKey",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    reason: "SQS needs both from whoever sends to an encrypted queue.",
  },
  {
    role: "scheduler",
    sid: "SendDeadLetters",
    actions: ["sqs:SendMessage"],
    reason: "EventBridge Scheduler sends a start there that did not succeed in time; locally there are no queues.",
  },
  {
    role: "scheduler",
    sid: "UseQueueKey",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    reason: "SQS needs both from whoever sends to an encrypted queue.",
  },
  {
    role: "state_machine",
    sid: "DeliverLogs",
    actions: [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ],
    reason: "In the developer guide's policy for logging from Step Functions; the local state machine keeps no log.",
  },
];
