import type { ElementContent } from "hast";
import { h } from "hastscript";
import type { Report, ReportedFile } from "../../../../engine/report";
import { COMMAND } from "../../command-line";
import { count, formatBytes } from "../../figures";
import { badge, code, facts, pageTable, tiles } from "../../pages/elements";
import { pageHtml, type Section } from "../../pages/page";
import { type NamedSkips, namedSkips } from "../../skipped-files";
import type { AwsOptions } from "../access/session";
import { formatDuration, formatTime } from "../times";
import type { FoundRun } from "./find-run";
import { reportText, whatToDo } from "./report-text";

/** What a run did, as one page. @param reportUri of its report: `s3://BUCKET/KEY`. @param flags for what to do. */
export function reportPage(found: FoundRun, reportUri: string, flags: AwsOptions = {}): string {
  const { run, report } = found;
  const server = report?.server ?? run?.server ?? "";
  const sync = report?.sync ?? run?.sync ?? "unknown";
  const startedAt = report?.startedAt ?? run?.startedAt ?? "";
  return pageHtml({
    title: `${server} / ${sync}`,
    lead: `Run ${report?.run ?? run?.run ?? ""}${startedAt === "" ? "" : `, started ${formatTime(startedAt)}`}${run === undefined ? "" : ` by ${run.startedBy}`}.`,
    sections:
      report === undefined ? withoutReport({ run }, reportUri, flags) : reported(report, found, reportUri, flags),
    footer: `Made by ${COMMAND} report from ${report === undefined ? "what Step Functions knows of the run" : reportUri}.`,
  });
}

/** The same words as on a terminal: there is nothing to count. */
function withoutReport(found: FoundRun, uri: string, flags: AwsOptions): Section[] {
  const lines = reportText(found, uri, flags).split("\n");
  return [{ id: "outcome", heading: "Outcome", content: lines.map((line) => h("p", line)) }];
}

function reported(
  report: Report,
  { run, files = [], skippedFiles }: FoundRun,
  uri: string,
  flags: AwsOptions,
): Section[] {
  const skips = namedSkips(skippedFiles, report.skippedLists, report.files);
  const { failures, warnings } = report;
  return [
    { id: "outcome", heading: "Outcome", content: outcome(report, run, flags) },
    ...(failures.length === 0 ? [] : [{ id: "failures", heading: "Failures", content: failureContent(report, uri) }]),
    ...(warnings.length === 0
      ? []
      : [
          {
            id: "notes",
            heading: "Notes",
            content: [
              h(
                "ul",
                warnings.map((warning) => h("li", h("bdi", warning))),
              ),
            ],
          },
        ]),
    { id: "files", heading: "Files and folders", content: fileContent(report) },
    ...(files.length === 0 ? [] : [transferredSection(files, report.files)]),
    ...(skips === undefined ? [] : [{ id: "skipped", heading: skips.heading, content: skipContent(skips) }]),
    { id: "run", heading: "The run", content: runContent(report, uri) },
  ];
}

function outcome(report: Report, run: FoundRun["run"], flags: AwsOptions): ElementContent[] {
  const { files, bytes, seconds } = report;
  const status = run?.status ?? report.status;
  const error = run?.error ?? report.error;
  const kind = status === "SUCCEEDED" ? "good" : status === "SKIPPED" ? "warn" : "bad";
  const advice = whatToDo(report, error?.name, flags);
  const skipped = Object.values(files.skipped).reduce((sum, one) => sum + one, 0);
  return [
    h("div.notice", { className: [kind] }, [
      badge(status, kind),
      ...(error === undefined ? [] : [h("p", [h("strong", h("bdi", error.name)), ": ", h("bdi", error.message)])]),
      ...(report.status === "SKIPPED" ? [h("p", "Another run of the sync was at work.")] : []),
      ...(advice === undefined ? [] : [h("p", [h("strong", "What to do: "), advice])]),
    ]),
    tiles([
      { label: "Seen", value: figure(files.seen), note: "files" },
      files.wouldTransfer === undefined
        ? { label: "Transferred", value: figure(files.transferred), note: formatBytes(bytes) }
        : { label: "Would be transferred", value: figure(files.wouldTransfer), note: formatBytes(bytes) },
      { label: "Failed", value: figure(files.failed) },
      { label: "Skipped", value: figure(skipped) },
      { label: "Left to the next run", value: figure(files.unfinished) },
      { label: "Took", value: formatDuration(run?.seconds ?? seconds) },
    ]),
  ];
}

function failureContent({ failures, furtherFailures }: Report, uri: string): ElementContent[] {
  const lists = (furtherFailures?.lists ?? []).map((list) => uri.replace(/[^/]*$/, list));
  return [
    ...(furtherFailures === undefined
      ? []
      : [
          h("p", [
            `${count(furtherFailures.count, "more failure")}. Every one is listed in `,
            ...lists.flatMap((list, index) => [index === 0 ? "" : ", ", code(list)]),
            ".",
          ]),
        ]),
    pageTable(
      "Failures of the run",
      [{ head: "Path" }, { head: "What failed" }, { head: "Why" }],
      failures.map(({ path, reason, error, kind, detail }) => [
        code(path),
        error ?? "",
        [h("bdi", error === undefined ? reason : detail || reason), ...(kind === undefined ? [] : [" ", badge(kind)])],
      ]),
    ),
  ];
}

function fileContent({ files, folders }: Report): ElementContent[] {
  const { listed, failed, missing, truncated, spared } = folders;
  const odd = [
    ["Folders that could not be listed", failed],
    ["Folders that are missing", missing],
    ["Folders whose listing was cut off", truncated],
    ["Folders that needed no listing", spared],
    ...Object.entries(files.skipped)
      .sort(([, a], [, b]) => b - a)
      .map(([reason, number]) => [`Files skipped: ${reason}`, number] as const),
  ] as const;
  const shown = [["Folders listed", listed] as const, ...odd.filter(([, number]) => number > 0)];
  return [facts(shown.map(([what, number]) => [what, figure(number)]))];
}

function transferredSection(files: readonly ReportedFile[], { transferred, wouldTransfer }: Report["files"]): Section {
  const heading = wouldTransfer === undefined ? "Transferred" : "Would be transferred";
  const more = (wouldTransfer ?? transferred) - files.length;
  const rows = files.map(({ path, size }) => [code(path), sizeText(size)]);
  return {
    id: "transferred",
    heading,
    content: [
      pageTable(heading, [{ head: "Path" }, SIZE], rows),
      ...(more > 0 ? [h("p", `... and ${more} more: --all shows them.`)] : []),
    ],
  };
}

function skipContent({ heading, groups, rest }: NamedSkips): ElementContent[] {
  const rows = groups.flatMap(({ reason, words, files }) =>
    files.map(({ path, size }) => [code(path), sizeText(size), words === "" ? reason : `${reason}, ${words}`]),
  );
  return [
    ...(rows.length === 0 ? [] : [pageTable(heading, [{ head: "Path" }, SIZE, { head: "Why" }], rows)]),
    ...(rest === undefined ? [] : [h("p", `... ${rest}.`)]),
  ];
}

const SIZE = { head: "Size", align: "right" } as const;

const sizeText = (bytes: number | undefined): string => (bytes === undefined ? "" : formatBytes(bytes));

function runContent(report: Report, uri: string): ElementContent[] {
  const { folder, startedAt, finishedAt, mode, fromTimestamp, dryRun, execution, resentInDoubt } = report;
  const since = mode === "since" && fromTimestamp !== undefined ? ` ${formatTime(new Date(fromTimestamp * 1000))}` : "";
  return [
    facts([
      ["Folder", code(folder)],
      ["Started", formatTime(startedAt)],
      ["Finished", formatTime(finishedAt)],
      ["Mode", `${mode ?? "as-scheduled"}${since}${dryRun ? ", dry run" : ""}`],
      ...(resentInDoubt === 0
        ? []
        : [["Files sent again", `${figure(resentInDoubt)}: the answer to their first call was lost`] as const]),
      ["Execution", code(execution)],
      ["Report", code(uri)],
    ]),
  ];
}

const figure = (value: number): string => value.toLocaleString("en-US");
