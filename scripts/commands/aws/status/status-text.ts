import { styled } from "../../../terminal/style";
import { table } from "../../../terminal/table";
import { count } from "../../figures";
import type { Cell } from "../access/cell";
import { nextCommand, nextStackCommand } from "../access/next-command";
import type { AwsOptions } from "../access/session";
import { formatTime } from "../times";
import type { AlarmState } from "./alarms";
import type { CredentialsState } from "./credentials-state";
import type { NextRun } from "./next-run";
import type { ConnectorState, DeployedState, ServerStatus } from "./server-status";
import type { StatusResult } from "./status-command";

/** What a person reads of servers: a line for each, and what to do about them. @param flags with which to do it. */
export function statusText(
  { account, region, servers, sharedAlarms, hasInvalidDefinitions, notInEnvironment = [] }: StatusResult,
  flags: AwsOptions = {},
): string {
  const isLeftOut = ({ server }: ServerStatus) => notInEnvironment.includes(server);
  const besides = notInEnvironment.filter((name) => !servers.some(({ server }) => server === name));
  const notes = [
    ...sharedText(sharedAlarms),
    ...(hasInvalidDefinitions
      ? [`Definitions that are not valid are missing here. Next: ${nextCommand(["validate"])}`]
      : []),
    ...(besides.length === 0 ? [] : [`${count(besides.length, "defined server")} not in this environment`]),
    ...servers.flatMap((server) => (isLeftOut(server) ? whereItBelongs(server) : whatToDo(server, flags))),
  ];
  const where = `Account ${account}, ${region}`;
  if (servers.length === 0) {
    const place = notInEnvironment.length === 0 ? "servers/" : "servers/ for this environment";
    const next = hasInvalidDefinitions || besides.length > 0 ? "" : ` Next: ${nextCommand(["new"])}`;
    return [where, `No server is defined in ${place}, and none is deployed.${next}`, ...notes].join("\n");
  }
  const overview = table(
    [
      { head: "Server" },
      { head: "Deployed" },
      { head: "Last run" },
      { head: "Next run" },
      { head: "Alarms" },
      { head: "Credentials" },
      { head: "Connector" },
    ],
    servers.map((server) => row(server, isLeftOut(server))),
  );
  return [where, overview, ...notes].join("\n");
}

function row(server: ServerStatus, isLeftOut: boolean): string[] {
  const { deployed, lastRun, alarms, credentials, connector, isDefined } = server;
  const isAbsent = "value" in deployed && deployed.value.syncs.length === 0;
  const known = [
    server.server,
    shown(deployed, (state) => (isLeftOut ? "not in this environment" : deployedText(state, isDefined))),
  ];
  if (isAbsent) {
    return [...known, "", "", "", "", ""];
  }
  return [
    ...known,
    shown(lastRun, (run) =>
      run === null
        ? "none yet"
        : `${run.status}${run.error === undefined ? "" : ` ${run.error.name}`}\n${formatTime(run.startedAt)}`,
    ),
    shown(server.nextRuns, nextText),
    shown(alarms, (ringing) => (ringing.length === 0 ? "none" : ringing.map(alarmText).join("\n"))),
    shown(credentials, (state) => CREDENTIALS[state]),
    shown(connector, connectorText),
  ];
}

const CREDENTIALS: Readonly<Record<CredentialsState, string>> = {
  present: "present",
  missing: "missing",
  "no-secret": "no secret",
};

function shown<T>(answer: Cell<T>, text: (value: T) => string): string {
  return "value" in answer ? text(answer.value) : styled("yellow", `unknown: ${answer.unknown}`);
}

function deployedText({ syncs, missing, differing }: DeployedState, isDefined: boolean): string {
  if (syncs.length === 0) {
    return "no";
  }
  if (!isDefined) {
    return "yes, and not defined";
  }
  const parts = [
    ...(missing.length > 0 ? [`without ${missing.join(", ")}`] : []),
    ...(differing.length > 0 ? [`otherwise: ${differing.join(", ")}`] : []),
  ];
  return ["yes", ...parts].join("\n");
}

/** The soonest; what does not run at a known time, where none does. */
function nextText(runs: readonly NextRun[]): string {
  const times = runs.flatMap(({ at }) => at ?? []).sort();
  const [soonest] = times;
  const missing = runs.filter(({ state }) => state === "missing").map(({ sync }) => `no schedule: ${sync}`);
  if (soonest !== undefined) {
    return [formatTime(soonest), ...missing].join("\n");
  }
  const others = runs.map(({ state, expression }) => (state === "due" ? (expression ?? "") : state));
  return [...new Set(others.filter((state) => state !== "missing")), ...missing].join("\n");
}

function alarmText({ kind, sync }: AlarmState): string {
  return sync === undefined ? kind : `${kind} (${sync})`;
}

function connectorText({ status, drift = [] }: ConnectorState): string {
  const differing = drift.map(({ field }) => field);
  return (
    [
      ...(status === undefined || status === "ACTIVE" ? [] : [status]),
      ...(differing.length > 0 ? [`differs: ${differing.join(", ")}`] : []),
    ].join("\n") || "as defined"
  );
}

function sharedText(alarms: Cell<readonly AlarmState[]>): string[] {
  const ringing = "value" in alarms ? alarms.value : [];
  return ringing.length === 0 ? [] : [`Alarms of the shared stack: ${ringing.map(alarmText).join(", ")}`];
}

/** To deploy it there is nothing that anybody meant. */
const whereItBelongs = ({ server }: ServerStatus): string[] => [
  `Next for ${server}: name the environment that it belongs to with --env, or add it to servers of this one`,
];

/** The first thing to do about a server; nothing where it is well. */
function whatToDo(
  { server, deployed, credentials, connector, alarms, lastRun }: ServerStatus,
  flags: AwsOptions,
): string[] {
  const next = (text: string) => [`Next for ${server}: ${text}`];
  const state = "value" in deployed ? deployed.value : undefined;
  if (state !== undefined && state.syncs.length === 0) {
    return next(nextStackCommand("deploy", server));
  }
  if ("value" in credentials && credentials.value === "missing") {
    return next(nextCommand(["credentials", server], flags));
  }
  const drift = "value" in connector ? (connector.value.drift ?? []) : [];
  if (drift.length > 0 || (state?.missing.length ?? 0) + (state?.differing.length ?? 0) > 0) {
    return next(nextStackCommand("diff", server));
  }
  if ("value" in alarms && alarms.value.length > 0) {
    return next(nextCommand(["alarms", server], flags));
  }
  return "value" in lastRun && lastRun.value?.status === "FAILED" ? next(nextCommand(["report", server], flags)) : [];
}
