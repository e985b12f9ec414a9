import type { ElementContent } from "hast";
import { h } from "hastscript";
import type { Problem } from "../../../../config/problems/problem";
import { COMMAND } from "../../command-line";
import { count } from "../../figures";
import { badge, code, pageTable } from "../../pages/elements";
import type { InstallationOverview } from "../installation-overview";

/** So many are listed; `validate` has them all. */
const MOST_LISTED = 100;

/** Errors and warnings, errors first. */
export function problemContent({ problems, invalid }: InstallationOverview): ElementContent[] {
  const sorted = [...problems].sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
  const more = sorted.length - MOST_LISTED;
  return [
    ...(invalid.length === 0
      ? []
      : [
          h(
            "p.notice",
            `${count(invalid.length, "definition is", "definitions are")} not valid, and missing in all that follows. No stack is synthesized before that is mended.`,
          ),
        ]),
    pageTable(
      "Problems of the definitions",
      [{ head: "Kind" }, { head: "Place" }, { head: "What is wrong or odd" }],
      sorted
        .slice(0, MOST_LISTED)
        .map((problem) => [
          problem.severity === "error" ? badge("error", "bad") : badge("warning", "warn"),
          code(placeOf(problem)),
          descriptionOf(problem),
        ]),
    ),
    ...(more > 0 ? [h("p", [`${count(more, "more problem")}: `, code(`${COMMAND} validate`)])] : []),
  ];
}

function placeOf({ file, line, column, path }: Problem): string {
  return [`${file}${line > 0 ? `:${line}:${column}` : ""}`, path].filter((part) => part !== "").join(" ");
}

function descriptionOf({ message, received, allowed }: Problem): ElementContent[] {
  return [
    h("div", h("bdi", message)),
    ...(received === undefined ? [] : [h("div.muted", ["received: ", h("bdi", received)])]),
    ...(allowed === undefined ? [] : [h("div.muted", ["allowed: ", h("bdi", allowed)])]),
  ];
}
