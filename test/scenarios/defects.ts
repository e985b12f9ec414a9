/** What the sample that this system descends from gets wrong (design, section 9). Each is a scenario here. */
export const DEFECTS = {
  refusedCalls: "refused StartFileTransfer calls are swallowed, and those files are never copied later",
  oldTimes: "files that arrive with an old time are never copied",
  sizeOnly: "a size-only change is missed",
  truncated: "`truncated` is ignored",
  maxItems: "MaxItems is never set: the 1,001st file of a folder does not exist",
  silentErrors: "any error in the last Lambda ends in a successful execution and silent alarms",
  noTime: "one entry without a time drops its whole listing",
  oneName: "/a/b and /a-b share a schedule and a flag",
  unwatchedTransfers: "transfers are never looked at again",
  marker: "the marker of the first copy lies among the user's data",
  pathsInState: "every folder path travels in the 256 KiB state",
  headPerFile: "one HEAD per candidate file",
} as const;

export type Defect = keyof typeof DEFECTS;

/** How a test's name says it. */
export const ofTheSample = (defect: Defect) => `(the sample: ${DEFECTS[defect]})`;
