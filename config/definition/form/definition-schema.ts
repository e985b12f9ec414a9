import * as z from "zod";
import { DEFAULT_TIMEZONE } from "../../../contract/model";
import { behaviourFields, remoteFoldersFields } from "../../../contract/sync-setting";
import { parseDescription } from "../../fields/description";
import { parseGlob } from "../../fields/globs";
import { parseHostKey } from "../../fields/host-keys";
import { parseBucketName, parseKmsKeyArn, parsePrefix } from "../../fields/local-repository";
import { parseName } from "../../fields/name-field";
import { parseFolder } from "../../fields/remote-folders";
import {
  DEFAULT_SECURITY_POLICY,
  parseSecurityPolicyName,
  SECURITY_POLICIES,
  SECURITY_POLICY_MAX_LENGTH,
  SECURITY_POLICY_NAME,
} from "../../fields/security-policy";
import { parseUrl } from "../../fields/url";
import { parseScheduleField } from "../../schedule/schedule";
import { SCHEDULE_TAGS } from "../../schedule/schedule-tags";
import { parseTimeZone } from "../../schedule/time-zone";
import type { FieldsOf } from "../../tree/field-tree";
import { parsedText } from "../../tree/parsed-text";
import { LONGEST } from "./longest-texts";
import {
  BUCKET,
  DESCRIPTION,
  FOLDER,
  GLOB,
  HOST_KEY,
  KMS_KEY,
  NAME,
  PREFIX,
  SCHEDULE,
  TIME_ZONE,
  URL,
} from "./patterns";

const localRepositorySchema = z.strictObject({
  BucketName: parsedText(parseBucketName, { pattern: BUCKET, maxLength: LONGEST.bucket }).describe(
    "Name of an existing bucket.",
  ),
  Prefix: parsedText(parsePrefix, { pattern: PREFIX, maxLength: LONGEST.prefix })
    .prefault("")
    .describe(
      "Begins every key, before the remote path: key = Prefix + absolute remote path. `*` and `?` in it stand for themselves, in " +
        "policies too. A policy cannot hold characters beyond U+00FF: in their place it allows any text, so that a prefix cannot begin with one.",
    ),
  KmsKeyArn: parsedText(parseKmsKeyArn, { pattern: KMS_KEY, maxLength: LONGEST.kmsKey })
    .optional()
    .describe("Key of the bucket's default encryption, where it has one of its own."),
});

const folder = parsedText(parseFolder, { pattern: FOLDER, maxLength: LONGEST.folder }).describe(
  "Absolute remote folder. The tags %year%, %month% and %day% stand for the run's date in UTC.",
);
const glob = parsedText(parseGlob, { pattern: GLOB, maxLength: LONGEST.glob });
const remoteFoldersSchema = z.strictObject(remoteFoldersFields(folder, glob));

const schedule = parsedText(parseScheduleField, {
  pattern: SCHEDULE,
  maxLength: LONGEST.schedule,
  examples: [...Object.keys(SCHEDULE_TAGS), "cron(0 6 * * ? *)", "rate(15 minutes)", "on-demand"],
});
const timezone = parsedText(parseTimeZone, {
  pattern: TIME_ZONE,
  maxLength: LONGEST.timeZone,
  examples: ["UTC", "Europe/Berlin"],
});
const name = parsedText(parseName, { pattern: NAME, maxLength: LONGEST.name });

const syncSettingSchema = z.strictObject({
  Name: name.optional().describe("Unique within the server. Default: derived from Folder."),
  LocalRepository: localRepositorySchema.describe("The place in S3."),
  RemoteFolders: remoteFoldersSchema.describe("What is synced from the server."),
  Schedule: schedule.optional().describe("Overrides the server's."),
  ScheduleTimezone: timezone.optional().describe("Overrides the server's."),
  Enabled: z.boolean().default(true).describe("False: deployed, but its schedule does not fire."),
  ...behaviourFields,
  AllowOverlap: z
    .boolean()
    .default(false)
    .describe(
      "Accepts that another sync writes the same keys, so that the same bytes may be paid twice. Where that is another server's, both " +
        "have to say so, unless the one that does not is disabled.",
    ),
});

/** Keys at the top that are a file's own, for values that several places repeat by an alias. */
export const EXTENSION = /^x-/;

/** As many lines as a graph of the server's dashboard has: one for each sync (CloudWatch user guide, 500 metrics in a graph). */
const MOST_SYNCS = 500;

/** A definition as it is written: the field names of the AWS sample *file-transfer-sync-solution*. */
export const definitionSchema = z.strictObject({
  $schema: z.string().max(LONGEST.schemaReference).optional().describe("For editors: the JSON Schema of this file."),
  Name: name.describe(
    "Name of the server's resources and stack: 64 of a-z, 0-9 and -, which other text is brought to; unique over all files.",
  ),
  FormerName: name
    .optional()
    .describe(
      "The server's Name before it was renamed: its ledgers are read where there are none under the new one, so that " +
        "nothing is copied again. Not the Name of a server that is still there.",
    ),
  Description: parsedText(parseDescription, { pattern: DESCRIPTION, maxLength: LONGEST.description })
    .prefault("")
    .describe("Free text, as one line of the server's dashboard."),
  Url: parsedText(parseUrl, { pattern: URL, maxLength: LONGEST.url }).describe(
    "Host name or IP address, with a port if it is not 22; without protocol.",
  ),
  SecurityPolicyName: parsedText(parseSecurityPolicyName, {
    examples: [...SECURITY_POLICIES],
    pattern: SECURITY_POLICY_NAME.source,
    maxLength: SECURITY_POLICY_MAX_LENGTH,
  })
    .prefault(DEFAULT_SECURITY_POLICY)
    .describe("Security policy of the connector: which algorithms it offers."),
  PublicKey: z
    .array(parsedText(parseHostKey, { pattern: HOST_KEY, maxLength: LONGEST.hostKey }))
    .min(1)
    .max(10)
    .describe("Trusted host keys, each as type and base64; RSA or ECDSA. `ssh-keyscan -t rsa,ecdsa HOST` prints them."),
  Schedule: schedule
    .optional()
    .describe("When the syncs run: a tag, cron, rate, or on-demand. Required unless each sync has its own."),
  ScheduleTimezone: timezone.prefault(DEFAULT_TIMEZONE).describe("IANA time zone of the schedule."),
  Enabled: z.boolean().default(true).describe("False keeps everything deployed and disables the schedules."),
  MaxConcurrentConnections: z
    .int()
    .min(1)
    .max(5)
    .default(5)
    .describe("Connections that the connector opens at a time."),
  SyncSettings: z.array(syncSettingSchema).min(1).max(MOST_SYNCS).describe("One entry for each remote folder."),
});

/** A definition as it was read, field by field. */
export type DefinitionFields = FieldsOf<typeof definitionSchema.shape>;
/** One entry of `SyncSettings` as it was read. */
export type SyncFields = FieldsOf<typeof syncSettingSchema.shape>;
