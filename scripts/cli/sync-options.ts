import type { Command } from "commander";

/** Adds the flags that say when and where a new definition's one sync copies. */
export function addSyncOptions(command: Command): Command {
  return command
    .option("--schedule <schedule>", "Schedule: a tag such as @hourly, cron(...), rate(...) or on-demand")
    .option("--timezone <zone>", "ScheduleTimezone: an IANA time zone")
    .option("--sync-name <name>", "Name of the sync; default: derived from the folder")
    .option("--folder <path>", "Folder: the remote folder")
    .option("--recursive", "Recursive: the folders below as well (with --folder and --bucket the default)")
    .option("--no-recursive", "Recursive: the folder alone")
    .option("--include <glob...>", "Include: globs of what is wanted")
    .option("--exclude <glob...>", "Exclude: globs of what is not wanted")
    .option("--bucket <name>", "BucketName: an existing bucket")
    .option("--prefix <prefix>", "Prefix: begins every key")
    .option("--kms-key <arn>", "KmsKeyArn: key of the bucket's default encryption, where it has one of its own");
}
