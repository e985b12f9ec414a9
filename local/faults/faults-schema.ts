import * as z from "zod";
import { GLOB_SIZE, isReadableGlob } from "../../contract/glob-size";
import { FAILURE_CODES } from "../transfer/remote-failure";
import { LISTED_PATH_NAMES, OUTPUT_NAME_FORMS } from "./listing-forms";
import { CHANGING_OPERATIONS, CONNECTOR_OPERATIONS, EVENTS, FUNCTIONS, OPERATIONS, S3_OPERATIONS } from "./operations";
import { RESULT_PATH_NAMES } from "./result-paths";
import { STATES } from "./states";
import { triggerFields } from "./trigger";

const list = <T extends z.core.$ZodShape>(fields: T) =>
  z.array(z.strictObject({ ...fields, ...triggerFields })).default([]);

/** Absolute remote paths, matched as a whole; dot files match like any other. */
const anyGlob = z.string().min(1).refine(isReadableGlob, GLOB_SIZE);
const glob = (what: string) => anyGlob.default("/**").describe(`Glob on the ${what}'s absolute remote path.`);
const folder = glob("folder");
const file = glob("file");

const seconds = z.number().min(0).max(3600);
const code = z.enum(FAILURE_CODES);
const text = z.string().min(1);

/** What can go wrong on purpose: the faults of one file, by kind. docs/faults.md tells what each is for. */
export const faultsSchema = z.strictObject({
  Throttle: list({
    Operation: z.enum(CONNECTOR_OPERATIONS).describe("Call to the connector."),
    Error: z
      .enum(["ThrottlingException", "ServiceUnavailableException", "InternalServiceError"])
      .default("ThrottlingException"),
    RetryAfterSeconds: z.int().min(0).optional().describe("As the answer says it."),
  }),
  PendingFiles: z.int().min(1).optional().describe("Files that fit into the connector's queue; 1,000 with AWS."),
  UnreadyConnector: list({
    Status: z.enum(["PENDING", "ERRORED"]).default("PENDING").describe("What the connector's description says."),
    Message: text.optional().describe("Its ErrorMessage."),
  }),
  LoseAnswer: list({ Operation: z.enum(CHANGING_OPERATIONS).describe("Request that succeeds unheard.") }),
  S3Error: list({
    Operation: z.enum(S3_OPERATIONS),
    Bucket: anyGlob.default("*").describe("Glob on the bucket's name."),
    Key: anyGlob.default("**").describe("Glob on the object's key, or on a listing's prefix."),
    Status: z.literal([500, 503]).default(503),
  }),
  CrashFunction: list({
    Function: z.enum(FUNCTIONS),
    Operation: z.enum(OPERATIONS),
    When: z.enum(["before", "after"]).describe("Whether the request is still carried out."),
  }),
  AbortExecution: list({
    State: z.enum(STATES).describe("State of the run's state machine."),
    When: z.enum(["entering", "leaving"]).describe("At which of its boundaries the execution ends."),
  }),
  LoseEvent: list({ Event: z.enum(EVENTS) }),
  DuplicateEvent: list({ Event: z.enum(EVENTS), Copies: z.int().min(2).max(100).default(2) }),
  DelayEvent: list({ Event: z.enum(EVENTS), Seconds: seconds }),
  DelayListing: list({ Folder: folder, Seconds: seconds }),
  FailListing: list({ Folder: folder, Code: code.default("LIST_DIRECTORY_ERROR"), Message: text.optional() }),
  TruncateListing: list({ Folder: folder, Entries: z.int().min(0).describe("Entries that are left.") }),
  OmitAttributes: list({ File: file, Attributes: z.array(z.enum(["modifiedTimestamp", "size"])).min(1) }),
  OddListings: list({
    Folder: folder,
    Path: z.enum(LISTED_PATH_NAMES).default("absolute").describe("How the listing writes paths."),
    OutputFileName: z.enum(OUTPUT_NAME_FORMS).default("name").describe("How the answer names the output."),
    WritesEmpty: z.boolean().default(true).describe("Whether there is an output of an empty folder."),
    AfterTransfers: z.boolean().default(false).describe("Whether it waits until no transfer is in flight."),
  }),
  BooleanTruncated: list({ Folder: folder }),
  FailFile: list({ File: file, Code: code.default("READ_FILE_ERROR"), Message: text.optional() }),
  OddResults: list({
    File: file,
    Path: z.enum(RESULT_PATH_NAMES).default("asked").describe("How the answer writes the file's path."),
    Completed: text.optional().describe("What the answer says instead of COMPLETED."),
    Copies: z.int().min(0).max(10).default(1).describe("How often the answer has the file."),
  }),
  DelayFile: list({ File: file, Seconds: seconds }),
  DropConnection: list({ AfterBytes: z.int().min(0).describe("Bytes that a connection brings before it ends.") }),
});

export type FaultPlan = z.output<typeof faultsSchema>;
