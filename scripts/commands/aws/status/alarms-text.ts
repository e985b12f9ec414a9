import { printable } from "../../../../contract/printable";
import { table } from "../../../terminal/table";
import { count } from "../../figures";
import { formatTime } from "../times";
import type { AlarmState } from "./alarms";

const WORDS: Readonly<Record<AlarmState["state"], string>> = {
  ALARM: "rings",
  OK: "quiet",
  INSUFFICIENT_DATA: "no data",
};

/** What a person reads of alarms: those that ring, each with what to do. */
export function alarmsText(alarms: readonly AlarmState[]): string {
  const ringing = alarms.filter(({ state }) => state === "ALARM");
  if (alarms.length === 0) {
    return "There are no alarms.";
  }
  if (ringing.length === 0) {
    return `No alarm rings; ${count(alarms.length, "alarm")} looked at.`;
  }
  const overview = table(
    [{ head: "Server" }, { head: "Sync" }, { head: "Alarm" }, { head: "State" }, { head: "Since" }],
    ringing.map(({ server = "shared", sync = "", kind, state, since }) => [
      server,
      sync,
      kind,
      WORDS[state],
      since === undefined ? "" : formatTime(since),
    ]),
  );
  return [overview, ...ringing.map(details), `${ringing.length} of ${count(alarms.length, "alarm")} ring.`].join(
    "\n\n",
  );
}

/** The description says impact, place and remedy, each in a sentence of its own. */
function details({ name, reason, description }: AlarmState): string {
  const parts = description.split(/ (?=Look at: |Do: |More: )/);
  return [name, ...parts.map((part) => `  ${part}`), `  CloudWatch: ${reason}`].map(printable).join("\n");
}
