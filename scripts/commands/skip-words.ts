import type { SkipReason } from "../../engine/skip-reasons";

const WORDS: Readonly<Record<SkipReason, string>> = {
  unchanged: "copied before, and unchanged since",
  "already-in-s3": "in S3 already, not older than on the server",
  "time-shifted": "only their times have moved",
  excluded: "left out by Include or Exclude",
  settling: "younger than MinimumAgeSeconds",
  "before-from-timestamp": "older than --from-timestamp",
  "before-window": "older than the window of ChangeDetection",
  "unsupported-name": "cannot be copied under their names",
  "too-large": "larger than a connector moves, 150 GiB",
  "not-a-file": "neither files nor folders",
  vanished: "gone from the server before they were copied",
  "changed-during-transfer": "changed while they were copied",
  "removed-from-s3": "taken out of S3 before the run had looked at them",
};

/** What is meant by the reason for which files were skipped, for people. @returns nothing of a reason that another version gives. */
export function skipWords(reason: string): string {
  return Object.entries(WORDS).find(([known]) => known === reason)?.[1] ?? "";
}
