import { formatProblem } from "../../../config/problems/problem";
import { weighedProblems } from "../../../config/problems/weighed-problems";
import type { ServerDefinition, SyncDefinition } from "../../../contract/model";
import { COMMAND, shellWords } from "../command-line";
import { knownHostKey } from "../definitions/host-keys";
import { nextRuns, nextRunText } from "../definitions/next-runs";
import { scheduleWords } from "../definitions/schedule-words";
import { targetOf } from "../definitions/target";
import { count } from "../figures";
import { markdownTable, plainWords } from "../markdown-table";
import { stackWord } from "../stack-word";
import { bounded } from "./bounded";
import type { ChangeSummary } from "./change-summary";
import type { ServerChange, SyncChange } from "./changes";
import { code } from "./code";
import type { FieldChange } from "./field-changes";
import { goesElsewhere, lookFirst } from "./look-first";
import { costMarkdown } from "./month-costs";
import { planMarkdown } from "./plans";
import { valueTexts } from "./value-texts";

const NEXT_RUNS = 3;

/** A reader is no longer served by more; `validate` has them all. */
const MOST_PROBLEMS = 20;

/** The summary as Markdown for a pull request. Texts of definitions are code in it, and nothing else. */
export function summaryMarkdown(summary: ChangeSummary): string {
  const { changes, cost, plans, base, environment } = summary;
  const head = [
    `## SFTP sync: ${headline(changes)}`,
    `Compared with ${code(base.slice(0, 12))}${environment === undefined ? "" : `, for the environment ${code(environment)}`}.`,
    ...lookFirst(summary),
  ];
  const body = [
    ...problemsMarkdown(summary),
    ...settingsMarkdown(summary),
    ...changes.map((change) => serverMarkdown(change, summary)),
    ...costMarkdown(cost),
    ...plans.map(planMarkdown),
  ];
  return bounded(head.join("\n\n"), body.join("\n\n"));
}

function headline(changes: readonly ServerChange[]): string {
  const parts = (["added", "changed", "moved", "not valid", "valid now", "removed"] as const).flatMap((kind) => {
    const number = changes.filter((change) => change.kind === kind).length;
    return number === 0 ? [] : [`${count(number, "server")} ${kind}`];
  });
  return parts.length === 0 ? "no server changes" : parts.join(", ");
}

function settingsMarkdown({ settings, baseSettings }: ChangeSummary): string[] {
  const rows = settings.flatMap(({ file, fields }) =>
    fields.map((change) => [code(file), code(change.field), ...valueTexts(change)]),
  );
  return [
    ...(settings.length === 0
      ? []
      : [
          `Settings: ${settings.map(({ file, kind }) => `${code(file)} ${kind}`).join(", ")}. They are for all servers.`,
        ]),
    ...(rows.length === 0 ? [] : [markdownTable(["file", "setting", "before", "after"], rows)]),
    ...(baseSettings === undefined
      ? []
      : [
          "The settings of the commit that is compared with are not valid, or not there: its definitions are read with those of now.",
        ]),
  ];
}

function serverMarkdown(change: ServerChange, summary: ChangeSummary): string {
  const { server, kind, file, fileBefore, formerName, after, overlapping } = change;
  const place = fileBefore === undefined ? code(file) : `${code(file)}, before ${code(fileBefore)}`;
  return [
    `### ${code(server)}: ${kind}`,
    `${place}${formerName === undefined ? "" : `. It was called ${code(formerName)}; its ledgers are read`}.`,
    ...(overlapping.length === 0
      ? []
      : [`> **May write the same keys as other syncs now (\`AllowOverlap\`): ${overlapping.map(code).join(", ")}.**`]),
    ...(kind === "valid now" ? [VALID_NOW] : []),
    ...(["added", "valid now"].includes(kind) && after !== undefined ? addedMarkdown(change, after, summary) : []),
    ...(kind === "removed" ? removedMarkdown(change, summary) : []),
    ...(kind === "not valid" ? [NOT_VALID] : []),
    ...(kind === "changed" ? changedMarkdown(change, summary.now) : []),
  ].join("\n\n");
}

const NOT_VALID =
  "It is still defined, but not as it has to be: what validation says is to be put right first. What changes for it cannot be told before.";

const VALID_NOW =
  "The commit that is compared with has it too, but not as it has to be. It may be deployed, as an earlier commit had it: what changes for it then cannot be told.";

const GONE_NOT_VALID =
  "The commit that is compared with has it, but not as it has to be: it is deployed if an earlier commit had it right";

function addedMarkdown(
  { kind }: ServerChange,
  server: ServerDefinition,
  { now, resourcesOf }: ChangeSummary,
): string[] {
  const what = kind === "added" ? "New" : "New, unless it is deployed";
  const keys = server.trustedHostKeys.map((key) => code(knownHostKey(key).fingerprint)).join(", ");
  return [
    list([
      `Credentials go to ${code(server.url)}, host keys ${keys}`,
      `${what}: the secret ${code(resourcesOf(server.name).secret)}, and the roles ${resourcesOf(server.name).roles.map(code).join(", ")}`,
      ...(kind === "added" ? [stillDeployed(server.name)] : []),
      ...bucketsLine(server),
    ]),
    syncTable(server.syncs, now),
  ];
}

/** Files of definitions tell nothing of stacks that stayed when a definition went. */
function stillDeployed(server: string): string {
  const command = code(`${COMMAND} diff ${shellWords([stackWord(server)])}`);
  return `If an earlier server of this name was removed and not destroyed, this one takes its stack over, and the credentials in its secret go to the address above: ${command} shows whether it would change what is there`;
}

function removedMarkdown({ server, before }: ServerChange, { resourcesOf }: ChangeSummary): string[] {
  const { secret, roles } = resourcesOf(server);
  return [
    list([
      ...(before === undefined ? [GONE_NOT_VALID] : []),
      `Its stack stays in AWS, with its schedules, until somebody destroys it, and that takes the definition: run ${code(
        `${COMMAND} destroy ${shellWords([stackWord(server)])}`,
      )} before this is merged`,
      `Gone then: the secret ${code(secret)}, and the roles ${roles.map(code).join(", ")}`,
      "What it copied stays in its buckets",
    ]),
  ];
}

function changedMarkdown(change: ServerChange, now: Date): string[] {
  const { fields, syncs, after } = change;
  const added = syncs.filter(({ kind }) => kind === "added").map(({ sync }) => sync);
  const ofAdded = after?.syncs.filter(({ setting }) => added.includes(setting.Name)) ?? [];
  const removed = syncs.filter(({ kind }) => kind === "removed").map(({ sync }) => code(sync));
  const rows = [...fields.map((field) => ["", field] as const), ...syncs.flatMap(fieldsOfSync)];
  return [
    ...(goesElsewhere(change)
      ? [
          "> **The credentials of this server go to another place, or to one with other keys. Ask the partner, not over the network.**",
        ]
      : []),
    ...(rows.length === 0
      ? []
      : [
          markdownTable(
            ["sync", "field", "before", "after"],
            rows.map(([sync, change]) => [sync === "" ? "" : code(sync), code(change.field), ...valueTexts(change)]),
          ),
        ]),
    ...(ofAdded.length === 0 ? [] : [`Syncs added:\n\n${syncTable(ofAdded, now)}`]),
    ...(removed.length === 0 ? [] : [`Syncs removed: ${removed.join(", ")}. What they copied stays in the buckets.`]),
  ];
}

const fieldsOfSync = ({ sync, fields }: SyncChange): (readonly [string, FieldChange])[] =>
  fields.map((field) => [sync, field] as const);

function bucketsLine({ syncs }: ServerDefinition): string[] {
  const places = [...new Set(syncs.map((sync) => targetOf(sync)))];
  return places.length === 0 ? [] : [`Writes to ${places.map(code).join(", ")}`];
}

function syncTable(syncs: readonly SyncDefinition[], now: Date): string {
  return markdownTable(
    ["sync", "from", "to", "schedule", "next runs"],
    syncs.map((sync) => {
      const { setting, schedule, enabled } = sync;
      const zone = schedule.kind === "cron" ? schedule.timezone : "UTC";
      const runs = enabled
        ? nextRuns(schedule, now, NEXT_RUNS).map((run) => plainWords(nextRunText(run, zone)))
        : ["disabled"];
      return [
        code(setting.Name),
        code(setting.RemoteFolders.Folder),
        code(targetOf(sync)),
        `${plainWords(scheduleWords(schedule))}${zone === "UTC" ? "" : `, ${plainWords(zone)}`}`,
        runs.join("<br>"),
      ];
    }),
  );
}

/** What is new with the branch comes first among errors and among warnings; what has no room is counted before. */
function problemsMarkdown({ problems, newProblems }: ChangeSummary): string[] {
  if (problems.length === 0) {
    return [];
  }
  const known = problems.filter((problem) => !newProblems.includes(problem));
  const ordered = weighedProblems(problems, known);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const more = problems.length - MOST_PROBLEMS;
  return [
    "### What validation says",
    `${count(errors, "error")} and ${count(problems.length - errors, "warning")}, ${newProblems.length} of them new.${
      more > 0 ? ` **Not shown here: ${more}.** All of them: ${code(`${COMMAND} validate`)}` : ""
    }`,
    list(
      ordered
        .slice(0, MOST_PROBLEMS)
        .map((problem) => `${newProblems.includes(problem) ? "new: " : ""}${code(formatProblem(problem))}`),
    ),
  ];
}

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");
