import { hostAndPort } from "../../../config/fields/url";
import type { ServerDefinition, SyncDefinition } from "../../../contract/model";
import { printable } from "../../../contract/printable";
import { styled } from "../../terminal/style";
import { hostKeyLines } from "./host-key-text";
import { type KnownHostKey, knownHostKey } from "./host-keys";
import { type NextRun, nextRuns, nextRunText } from "./next-runs";
import { scheduleWords } from "./schedule-words";

const NEXT_RUNS = 3;

export interface SyncMeaning extends SyncDefinition {
  readonly scheduleInWords: string;
  /** Empty for schedules whose times only AWS knows, and where the sync is disabled. */
  readonly nextRuns: readonly NextRun[];
}

/** What a definition means, with every default in its place. */
export interface DefinitionMeaning extends Omit<ServerDefinition, "syncs" | "trustedHostKeys"> {
  readonly file: string;
  readonly hostKeys: readonly KnownHostKey[];
  readonly syncs: readonly SyncMeaning[];
}

export function meaningOf(definition: ServerDefinition, file: string, now: Date): DefinitionMeaning {
  const { syncs, trustedHostKeys, ...others } = definition;
  return {
    ...others,
    file,
    hostKeys: trustedHostKeys.map(knownHostKey),
    syncs: syncs.map((sync) => ({
      ...sync,
      scheduleInWords: scheduleWords(sync.schedule),
      nextRuns: sync.enabled ? nextRuns(sync.schedule, now, NEXT_RUNS) : [],
    })),
  };
}

/** Columns of the names on the left. */
const LEFT = 16;

/** A name and what it means, in lines below each other. */
const row = (name: string, ...lines: readonly string[]): string[] =>
  lines.map((line, index) => `  ${(index === 0 ? name : "").padEnd(LEFT)}${printable(line)}`);

/** For people. */
export function meaningText(meaning: DefinitionMeaning): string {
  const { name, file, description, url, formerName, hostKeys, securityPolicyName, maxConcurrentConnections } = meaning;
  const { host, port } = hostAndPort(url);
  return [
    `${styled("bold", name)}  ${file}`,
    ...(description === "" ? [] : row("Description", ...description.trimEnd().split("\n"))),
    ...(formerName === undefined ? [] : row("FormerName", formerName)),
    ...row("Url", `${host}, port ${port}`),
    ...row("Security policy", securityPolicyName),
    ...row("Connections", `${maxConcurrentConnections} at a time`),
    ...row("Host keys", ...hostKeyLines(hostKeys).split("\n")),
    ...meaning.syncs.flatMap((sync) => ["", ...syncLines(sync)]),
  ].join("\n");
}

function syncLines({ setting, schedule, enabled, scheduleInWords, nextRuns: next }: SyncMeaning): string[] {
  const { Name, LocalRepository, RemoteFolders, ...behaviour } = setting;
  const { BucketName, Prefix, KmsKeyArn } = LocalRepository;
  const { Folder, Recursive, MaxDepth, Include, Exclude } = RemoteFolders;
  const timezone = schedule.kind === "cron" ? schedule.timezone : "";
  return [
    `${styled("bold", `Sync ${Name}`)}${enabled ? "" : "  (disabled: its schedule does not fire)"}`,
    ...row("From", `${Folder}${depthText(Recursive, MaxDepth)}`),
    ...(Include.length === 0 ? row("Include", "everything") : row("Include", ...Include)),
    ...(Exclude.length === 0 ? [] : row("Exclude", ...Exclude)),
    ...row(
      "To",
      `s3://${BucketName}/${[Prefix, Folder.slice(1)]
        .filter((part) => part !== "")
        .map((part) => `${part}/`)
        .join("")}`,
    ),
    ...(KmsKeyArn === undefined ? [] : row("KMS key", KmsKeyArn)),
    ...row("Schedule", `${scheduleInWords}${timezone === "" ? "" : ` (${timezone})`}`, ...expression(schedule)),
    ...row("Next runs", ...next.map((run) => nextRunText(run, timezone))),
    ...row("Behaviour", ...Object.entries(behaviour).map(([field, value]) => `${field}: ${value}`)),
  ];
}

function depthText(isRecursive: boolean, maxDepth: number): string {
  return isRecursive ? `  with the folders below, ${maxDepth} levels at most` : "  without the folders below";
}

const expression = (schedule: SyncDefinition["schedule"]) =>
  schedule.kind === "on-demand" ? [] : [schedule.expression];
