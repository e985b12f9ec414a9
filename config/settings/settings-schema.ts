import * as z from "zod";
import {
  connectorLimitsSchema,
  roundsPerExecutionSchema,
  runLimitsSchema,
  timeoutsSchema,
} from "../../contract/engine-settings";
import { POLICY_TAGS } from "../naming/tags";
import { admitsNewProvider, DEFAULT_PROVIDER_RANGE, OLDEST_PROVIDER } from "./provider-version";
import { targetBucketsSchema } from "./target-buckets";

/** What `retention_in_days` of a CloudWatch log group accepts (API reference, PutRetentionPolicy). */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const VERSION_CONSTRAINT =
  /^\s*((=|!=|>=|<=|>|<|~>)\s*)?\d+(\.\d+){0,2}(\s*,\s*((=|!=|>=|<=|>|<|~>)\s*)?\d+(\.\d+){0,2})*\s*$/;

/** SSM reserves parameters that begin with aws or ssm (user guide, "About requirements and constraints for parameter names"). */
const NAME_PREFIX = /^(?!aws|ssm)[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/;

/** What IAM takes, which is the strictest (IAM user guide, "Rules for tagging"); Terraform would fail amid an apply. */
const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
/** AWS takes 50 for a resource, of which a connector and a server's role have two of their own. */
const MAX_TAGS = 48;
/** So many fit into an engine's policy beside all that a server's syncs may take of it (see stacks/constructs/sync-targets.ts). */
const MAX_TARGET_ACCOUNTS = 20;
/** In the form of `aws:PrincipalArn`, where a session has its role's ARN. */
const SECRET_READER = /^(\*|arn:aws[a-z*-]*:iam::(\d{12}|\*):(role|user)\/[\w+=,.@/*-]+)$/;
/**
 * A tenth of the executions that an account has at a time for all its functions (1,000, Lambda developer guide, quotas; a new account
 * has fewer): each start takes one at once. A connector lists three folders a second, so that more at a time win nothing.
 */
const STARTS_PER_MINUTE = 100;
/** What an account with the quota of 1,000 may reserve: 100 stay for functions without a reservation (Lambda developer guide). */
const MOST_RESERVED = 900;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

const terraformCloudSchema = z.strictObject({
  organization: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, "letters, digits, - and _")
    .describe("Organization in Terraform Cloud."),
  hostname: z
    .string()
    .regex(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?$/, "a host name without https://, such as app.terraform.io")
    .optional()
    .describe("Host of a Terraform Enterprise installation."),
  project: z
    .string()
    .regex(/^[^${}%]+$/, "a project's name")
    .optional()
    .describe("Project for new workspaces."),
  workspacePrefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, "letters, digits, - and _")
    .describe("Each stack's workspace is named by this prefix and the stack's own name."),
});

/** What S3 takes for the name of a bucket (S3 user guide, "General purpose bucket naming rules"). */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const s3BackendSchema = z.strictObject({
  bucket: z
    .string()
    .regex(BUCKET, "a bucket's name: 3 to 63 of a-z, 0-9, . and -")
    .describe("Bucket that keeps the states. It has to be there, and should have versioning and deny other readers."),
  region: z
    .string()
    .regex(REGION, "a Region such as eu-central-1")
    .optional()
    .describe("The bucket's Region, where it is not the installation's."),
  keyPrefix: z
    .string()
    .regex(
      /^([A-Za-z0-9_-][A-Za-z0-9._-]*\/)*$/,
      "nothing, or folders of letters, digits and . _ -, each ending with /",
    )
    .default("sftp-sync/")
    .describe("Begins the key of each stack's state; the stack's name and `.tfstate` follow."),
  kmsKeyArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/, "the ARN of a KMS key")
    .optional()
    .describe("KMS key that encrypts the states; without it, the bucket's default encryption."),
});

const alarmsSchema = z.strictObject({
  graceSeconds: z
    .int()
    .min(0)
    .default(7200)
    .describe(
      "How long to wait for a success after a run was due: as long as a sync's usual run takes, and some more. A run that " +
        "takes longer raises the alarm although nothing is wrong.",
    ),
});

/** The settings of the whole installation: `context` of cdktf.json. */
export const settingsSchema = z.strictObject({
  region: z
    .string()
    .regex(REGION, "a Region such as eu-central-1")
    .describe("AWS Region of everything that is deployed."),
  account: z
    .string()
    .regex(/^\d{12}$/, "an account's id: 12 digits, as text")
    .optional()
    .describe(
      "Id of the AWS account. With it, Terraform and the commands on AWS refuse to work with credentials of another one.",
    ),
  namePrefix: z
    .string()
    .regex(NAME_PREFIX, "1 to 20 of a-z, 0-9 and -, beginning with a letter (not with aws or ssm), not ending with -")
    .default("sftp-sync")
    .describe("Begins the physical name of every resource."),
  additionalTags: z
    .record(
      z.string().regex(TAG_KEY, "1 to 128 letters, digits, spaces and _.:/=+-@, not beginning with aws:"),
      z.string().regex(TAG_VALUE, "up to 256 letters, digits, spaces and _.:/=+-@"),
    )
    .refine((tags) => Object.keys(tags).length <= MAX_TAGS, `at most ${MAX_TAGS} tags`)
    .refine(keysDifferWithoutCase, "keys that differ in more than upper and lower case")
    .refine(leavesPolicyTags, `keys other than ${POLICY_TAGS.join(", ")}, which policies go by`)
    .default({})
    .describe("Tags for every resource."),
  permissionsBoundaryArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/\S+$/, "the ARN of an IAM policy")
    .optional()
    .describe("Permissions boundary of every role."),
  targetBuckets: targetBucketsSchema
    .optional()
    .describe(
      "Which servers may write where. Without it, every definition may name every bucket of the installation's account and of " +
        "`targetAccounts`; with it, a server writes only where an entry for its Name allows it.",
    ),
  targetAccounts: z
    .array(z.string().regex(/^\d{12}$/, "an account's id: 12 digits, as text"))
    .max(MAX_TARGET_ACCOUNTS)
    .default([])
    .describe(
      "Ids of the accounts, besides the installation's own, whose buckets a sync may write to. Names of buckets are the same in all " +
        "accounts: S3 refuses a server's roles every bucket that belongs to none of these.",
    ),
  secretReaders: z
    .array(
      z
        .string()
        .regex(
          SECRET_READER,
          "an ARN of users or roles such as arn:aws:iam::ACCOUNT:role/NAME, in which * stands for any characters, or * for everybody",
        ),
    )
    .default([])
    .describe(
      "Who may read the servers' secrets beside their connectors, such as a function that rotates credentials: ARNs of users or roles, " +
        'in which `*` stands for any characters. `["*"]` leaves it to policies elsewhere in the account.',
    ),
  logLevel: z
    .enum(["DEBUG", "INFO", "WARN", "ERROR"])
    .default("INFO")
    .describe("Log level of the Lambdas; DEBUG adds events."),
  serviceName: z.string().min(1).default("sftp-sync").describe("Field `service` of every log line."),
  logRetentionDays: z
    .literal(LOG_RETENTION_DAYS)
    .default(90)
    .describe("How long log groups keep their lines; the values that CloudWatch accepts."),
  notificationEmails: z
    .array(z.email("an e-mail address"))
    .default([])
    .describe("Addresses subscribed to the notifications; each must confirm the mail from AWS."),
  listResultsRetentionDays: z
    .int()
    .min(1)
    .default(30)
    .describe("How long listings, work state and reports of a run are kept; ledgers stay."),
  terraformCloud: terraformCloudSchema.optional().describe("Terraform Cloud as the backend."),
  s3Backend: s3BackendSchema
    .optional()
    .describe("An S3 bucket as the backend, where there is no `terraformCloud`; local state without either."),
  awsProviderVersion: z
    .string()
    .regex(VERSION_CONSTRAINT, { error: "a Terraform version constraint such as ~> 6.20.0", abort: true })
    .refine(admitsNewProvider, `one that takes ${OLDEST_PROVIDER} or later`)
    .default(DEFAULT_PROVIDER_RANGE)
    .describe(
      "Version constraint of the AWS provider; `= 6.20.0` pins it. With 6.22 to 6.39 each plan has something to do on the " +
        "list-results bucket; `>= 6.40.0` takes later ones.",
    ),
  dashboards: z
    .boolean()
    .default(true)
    .describe("A CloudWatch dashboard for each server, $3 a month each; the overview of all servers is always there."),
  alarms: alarmsSchema.prefault({}).describe("What the alarms of each sync depend on."),
  connectorLimits: connectorLimitsSchema.prefault({}).describe("Limits of the service that shape a run."),
  timeouts: timeoutsSchema.prefault({}).describe("Time limits, in seconds."),
  roundsPerExecution: roundsPerExecutionSchema,
  runLimits: runLimitsSchema
    .prefault({})
    .describe(
      "What one run takes on; one that meets a limit copies what it has found, and fails as `RunLimitReached`.",
    ),
  startsPerMinute: z
    .int()
    .min(1)
    .default(STARTS_PER_MINUTE)
    .describe(
      "Runs that the schedules of one server may start in the same minute of a day, on whatever days. A rate counts in every minute, a " +
        "disabled sync in none. A tenth of an account's concurrent executions (1,000, Lambda developer guide), of which each start takes one.",
    ),
  reservedConcurrency: z
    .int()
    .min(1)
    .max(MOST_RESERVED)
    .optional()
    .describe(
      "Executions at a time of each of the four functions of a server: no server takes more, and as many are kept for it. An account " +
        "keeps 100 for all others (Lambda developer guide), so that an apply fails where servers reserve too many. Without it, servers share what there is.",
    ),
  forceDestroy: z.boolean().default(false).describe("Let Terraform destroy buckets that still hold objects."),
});

/** IAM takes Key and key for the same (IAM user guide, "Rules for tagging"). */
function keysDifferWithoutCase(tags: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(tags);
  return new Set(keys.map((key) => key.toLowerCase())).size === keys.length;
}

function leavesPolicyTags(tags: Readonly<Record<string, string>>): boolean {
  const reserved = new Set(POLICY_TAGS.map((key) => key.toLowerCase()));
  return !Object.keys(tags).some((key) => reserved.has(key.toLowerCase()));
}
