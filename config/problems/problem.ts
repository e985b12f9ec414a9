import { withoutCiCommands } from "../../contract/ci-commands";
import { onOneLine } from "./received";

export type Severity = "error" | "warning";

/** Something to tell the reader of one file, with everything needed to put it right. */
export interface Problem {
  readonly severity: Severity;
  readonly file: string;
  /** From 1; 0 where the file was not read as text. */
  readonly line: number;
  /** From 1; 0 where the file was not read as text. */
  readonly column: number;
  /** Dotted, such as `SyncSettings[0].RemoteFolders.Folder`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** What was found there; absent for secrets and for things that are missing. */
  readonly received?: string;
  /** What may stand there, or the nearest valid name. */
  readonly allowed?: string;
}

/** What a field's rule finds; its place is added by whoever knows the file. */
export type Finding = Pick<Problem, "severity" | "message" | "received" | "allowed">;

/** A field's text after its rule: `value` is absent when a finding is an error. */
export interface Parsed<T> {
  readonly value?: T;
  readonly findings: readonly Finding[];
}

type Details = Pick<Finding, "received" | "allowed">;

export function error(message: string, details: Details = {}): Finding {
  return finding("error", message, details);
}

export function warning(message: string, details: Details = {}): Finding {
  return finding("warning", message, details);
}

function finding(severity: Severity, message: string, { received, allowed }: Details): Finding {
  return {
    severity,
    message: onOneLine(message),
    ...(received === undefined ? {} : { received }),
    ...(allowed === undefined ? {} : { allowed: onOneLine(allowed) }),
  };
}

export function hasErrors(problems: readonly Pick<Problem, "severity">[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}

/** One line, also where a file's name has several: `servers/a.yaml:12:5 SyncSettings[0].Schedule: what is wrong (received: ...; allowed: ...)`. */
export function formatProblem(problem: Problem): string {
  const { severity, file, line, column, path, message, received, allowed } = problem;
  const position = line > 0 ? `:${line}:${column}` : "";
  const place = [`${onOneLine(file)}${position}`, path].filter((part) => part !== "").join(" ");
  const details = [
    ...(received === undefined ? [] : [`received: ${received}`]),
    ...(allowed === undefined ? [] : [`allowed: ${allowed}`]),
  ];
  const label = severity === "warning" ? "warning: " : "";
  const text = `${place}: ${label}${message}${details.length === 0 ? "" : ` (${details.join("; ")})`}`;
  return withoutCiCommands(text);
}

/** By file, then in the order in which a reader meets them. */
export function sortProblems(problems: readonly Problem[], files: readonly string[]): Problem[] {
  return [...problems].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
