/** Why an entry was not transferred. */
const SKIP_REASONS = [
  "unchanged",
  "already-in-s3",
  "time-shifted",
  "excluded",
  "settling",
  "before-from-timestamp",
  "before-window",
  "unsupported-name",
  "too-large",
  "not-a-file",
  "vanished",
  "changed-during-transfer",
  "removed-from-s3",
] as const;

export type SkipReason = (typeof SKIP_REASONS)[number];

/** Reasons for which an entry stays behind until somebody changes it on the server. */
export const UNCOPYABLE: readonly SkipReason[] = ["unsupported-name", "too-large"];
