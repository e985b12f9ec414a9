/** What is otherwise here than with the AWS sample, for whoever has used it. */
export const CHANGES: readonly string[] = [
  "Keys in S3 are the same: Prefix, then the remote path. The first run of a sync copies what is not in S3, and nothing else.",
  "A file is new or changed by the ledger of what was verified in S3, and not because its time is after the last schedule: files " +
    "that arrive with an old time, a changed size alone and the 1,001st file of a folder are copied too.",
  "A run that misses a file has failed, and says so in a notification and an alarm; the next one goes on. notificationEmails in " +
    "cdktf.json subscribes addresses.",
  "Objects ending in .flag in your buckets have no meaning any more, and may be deleted.",
  "A run on demand does what a schedule would. With --compare it holds everything against S3, as the sample's runs on demand did.",
  "Each server has a stack of its own, a new connector and so new addresses for the partner to let in, unless the sample's connector " +
    "is imported. Up to 5 connections are opened at a time, and not 1: see MaxConcurrentConnections.",
  "Each server has a new secret without a value: the credentials are put in again. Every other person of the account is denied its value.",
  "Roles may write below the prefixes of the syncs, and not to the whole bucket. Two syncs whose keys can be the same are refused.",
  "Definitions are written with Enabled: false, so that nothing runs beside the sample's schedules.",
  "Deleting the sample's stack deletes its connectors, secrets and report bucket; the objects in your own buckets stay.",
];
