import { causeSteps, type RunEvidence } from "./cause-steps";
import { RUN_ERROR_NAMES, type RunErrorName } from "./run-errors";

/** What a person does about a run that failed under each name: the notification's advice, in one or two sentences. */
const NEXT_STEPS: Readonly<Record<RunErrorName, string>> = {
  ListingFailed:
    "Check that the server is up, lets in the connector's addresses (output connector_egress_ips) and still accepts the " +
    "credentials and host keys, and that the user may list these folders.",
  ListingTimedOut:
    "The connector neither listed these folders nor said why not: check that the server is up and answers. Where folders " +
    "are just slow to list, raise timeouts.listing.",
  ListingTruncated:
    "What was listed has been transferred; the rest of these folders is out of sight. Have old files moved away, or name " +
    "folders further down in the definition. connectorLimits.maxListingItems is the limit.",
  TransferIncomplete:
    "The next run tries these files again. If the same ones fail again, check that the user may read them, and that " +
    "bucket, prefix and key of the sync are still as in the definition. What can be listed and never be read, such as a " +
    "link that leads nowhere, leave out by Exclude.",
  RemoteFolderMissing:
    "Ask the server's owner for the folder, or correct Folder in the definition. Where it may be absent, set " +
    "MissingFolder: ignore.",
  CredentialsMissing:
    "Put the credentials into the server's secret (output secret_arn): npx sftp-sync credentials SERVER in this project's folder, or " +
    "aws secretsmanager put-secret-value.",
  ConnectorNotReady:
    "Read its ErrorMessage: npx sftp-sync test SERVER, or aws transfer describe-connector --connector-id ID (output connector_id). " +
    "ERRORED: mend what the message names, then deploy the server again. Where it stays PENDING, ask AWS. The next run tries again.",
  LedgerTooNew:
    "Deploy the newer version of this project again: it knows of these files what this one cannot read. To go back all the " +
    "same, delete the server's ledgers in the list-results bucket; the next run then compares every file with S3.",
  RunTimedOut:
    "The next run goes on where this one stopped. If that happens again, raise timeouts.run or divide the sync into " +
    "several.",
  RunLimitReached:
    "If the tree really is that large, raise the setting that the error names, in cdktf.json, or divide the sync into several. If links " +
    "lead back up, or the server makes up folders or files, leave them out by Exclude, or lower MaxDepth. The next run helps " +
    "only after a limit of bytes.",
  InvalidEvent:
    "Start the run with npx sftp-sync run SERVER SYNC, or with the event from the sync's SSM parameter (output parameter_names), " +
    "changing no more than Mode, FromTimestamp and DryRun.",
};

/** S3's names for what is wrong with a target bucket; the same for whatever the run asked of it. */
const BUCKET_STEPS: ReadonlyMap<string, string> = new Map([
  [
    "PermanentRedirect",
    "A target bucket is in another Region than this installation. Take a bucket in the Region of cdktf.json, or an installation in " +
      "the bucket's Region (docs/operations.md, Two Regions).",
  ],
  ["NoSuchBucket", "There is no bucket of the name in BucketName: correct the definition, or create the bucket."],
]);

const OTHERWISE =
  "The next run goes on where this one stopped. If it fails alike, look at the execution's last events: aws stepfunctions " +
  "get-execution-history --reverse-order --max-items 20 --execution-arn ARN.";

/**
 * @param errorName one of the run's own, or of AWS.
 * @param run what it has seen; without that, the name has to do.
 */
export function nextStep(errorName: string, run?: RunEvidence): string {
  const own = RUN_ERROR_NAMES.find((name) => name === errorName);
  if (own === undefined) {
    return BUCKET_STEPS.get(errorName) ?? OTHERWISE;
  }
  return (run && causeSteps(own, run)) ?? NEXT_STEPS[own];
}
