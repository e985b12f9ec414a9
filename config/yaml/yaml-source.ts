import {
  type Alias,
  type Document,
  type ErrorCode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  type YAMLError,
} from "yaml";
import { isRecord, type Path } from "../problems/path";
import { error, type Finding, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";
import { COMMENTED_JSON, commentsOfJson, cutOffByComment, typographicQuotes } from "./plain-text";
import { offsetOf, startOf, writtenAt } from "./yaml-locator";

const UNRESOLVED_ALIAS = error("YAML: this alias (*) has no anchor (&) before it", {
  allowed: "text with a * goes in quotes",
});

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML or JSON text as data, with a way back from a path to its place in the text. */
export interface YamlSource {
  /** The top-level map; absent where the text holds none, or cannot be read. */
  readonly data?: Record<string, unknown>;
  readonly problems: readonly (Finding & Position)[];
  /** Where a key or a value stands; of something that is missing: its parent. */
  locate(path: Path, part: "key" | "value"): Position;
  /** How a value is written that is no text, such as `0123`, which is read as 123. Undefined for a text, and where none is. */
  written(path: Path): string | undefined;
}

const NO_COMMENTS = "JSON without comments; YAML's begin with #";

const JSON_COMMENT = error("JSON: a comment stands here", { allowed: NO_COMMENTS });

interface OffsetFinding {
  readonly finding: Finding;
  readonly offset: number;
}

interface SyntaxFinding extends OffsetFinding {
  /** The library's; what else is looked at here is none to it. */
  readonly code: ErrorCode | "UNRESOLVED_ALIAS" | "COMMENT" | "JSON_COMMENT" | "QUOTES";
}

/** Reads a text. Mistakes in its syntax come as problems, by line and column; nothing is thrown. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  // Pretty errors quote the line, which may hold a secret.
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: "error" });
  const documents = Array.isArray(parsed) ? parsed : [];
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  const syntax = withoutConsequences(
    documents.flatMap((document) => syntaxFindings(document, text)),
    position,
  );
  const broken = documents.some((document) => isBroken(document, text));
  const content: Content = broken ? { findings: [] } : readContent(documents);
  const document = documents[0];
  return {
    ...(content.data === undefined ? {} : { data: content.data }),
    problems: [...syntax, ...content.findings].map(({ finding, offset }) => ({
      ...finding,
      ...position(offset),
    })),
    locate: (path, part) => position(document === undefined ? 0 : offsetOf(document, path, part)),
    written: (path) => (document === undefined ? undefined : writtenAt(document, path)),
  };
}

/**
 * One mistake in the syntax makes the library stumble over the rest of the line, and over every line after a tab. What is
 * no such mistake is said in any case, such as that a key is there twice.
 */
function withoutConsequences(
  findings: readonly SyntaxFinding[],
  position: (offset: number) => Position,
): OffsetFinding[] {
  const ordered = [...findings].sort((a, b) => a.offset - b.offset);
  const tabs = ordered.filter(({ code }) => code === "TAB_AS_INDENT");
  const breaking = tabs.length > 0 ? tabs : ordered.filter(breaksSyntax);
  const firstOfLine = new Map([...breaking].reverse().map((one) => [position(one.offset).line, one]));
  return ordered.filter((one) => !breaksSyntax(one) || firstOfLine.get(position(one.offset).line) === one);
}

function breaksSyntax({ finding, code }: SyntaxFinding): boolean {
  return finding.severity === "error" && code !== "DUPLICATE_KEY";
}

interface Content {
  readonly data?: Record<string, unknown>;
  readonly findings: readonly OffsetFinding[];
}

function readContent([document, ...others]: readonly Document[]): Content {
  // A line of three dashes at the end begins one in which nothing is.
  const second = others.find(({ contents }) => contents !== null && !(isScalar(contents) && contents.value === null));
  if (document === undefined || document.contents === null) {
    return { findings: [{ finding: error("the file is empty", { allowed: "a map of fields" }), offset: 0 }] };
  }
  const offset = startOf(document.contents);
  if (second !== undefined) {
    const finding = error("a second YAML document begins here", { allowed: "one document in a file" });
    return { findings: [{ finding, offset: startOf(second.contents) }] };
  }
  try {
    const data: unknown = document.toJS();
    if (isRecord(data)) {
      return { data, findings: [] };
    }
    const received = Array.isArray(data) ? "a list" : "a single value";
    return { findings: [{ finding: error("the file must hold a map of fields", { received }), offset }] };
  } catch (cause) {
    // What is left to fail: the library's limit on the expansion of aliases, and a merge key (<<) without a map.
    const message = cause instanceof Error ? cause.message : String(cause);
    return { findings: [{ finding: error(`cannot be expanded: ${message}`), offset }] };
  }
}

/** A repeated key leaves the rest readable; after any other mistake, what the text seems to say is noise. */
function isBroken(document: Document, text: string): boolean {
  return (
    document.errors.some((issue) => issue.code !== "DUPLICATE_KEY") ||
    unresolvedAliases(document).length > 0 ||
    commentsOfJson(document, text).length > 0
  );
}

function syntaxFindings(document: Document, text: string): SyntaxFinding[] {
  return [
    ...document.errors.map((issue) => ({
      finding: explainError(issue, text),
      offset: issue.code === "MISSING_CHAR" ? unclosedFrom(document, issue) : issue.pos[0],
      code: issue.code,
    })),
    ...document.warnings.map((issue) => ({
      finding: warning(`YAML: ${withoutQuotation(issue)}`, {
        received: describeReceived(text.slice(...issue.pos)),
        ...(issue.code === "TAG_RESOLVE_FAILED" ? { allowed: "text that begins with ! goes in quotes" } : {}),
      }),
      offset: issue.pos[0],
      code: issue.code,
    })),
    ...cutOffByComment(document, text).map((offset) => ({
      finding: warning("YAML: what follows # is a comment, and not part of the value", {
        allowed: "text with # in it goes in quotes; a comment has a space after its #",
      }),
      offset,
      code: "COMMENT" as const,
    })),
    ...commentsOfJson(document, text).map((offset) => ({
      finding: JSON_COMMENT,
      offset,
      code: "JSON_COMMENT" as const,
    })),
    ...typographicQuotes(document).map((offset) => ({
      finding: warning("YAML: typographic quotes are part of the text", { allowed: "straight quotes, \" or '" }),
      offset,
      code: "QUOTES" as const,
    })),
    ...unresolvedAliases(document).map((alias) => ({
      finding: UNRESOLVED_ALIAS,
      offset: startOf(alias),
      code: "UNRESOLVED_ALIAS" as const,
    })),
  ];
}

/** Where the text begins whose quote is missing at the end; for anything else, where it is missing. */
function unclosedFrom(document: Document, { pos: [missing] }: YAMLError): number {
  let from = missing;
  visit(document, {
    Scalar: (_, { range, type }) => {
      if (range && /^QUOTE/.test(type ?? "") && range[0] < missing && missing <= range[1]) {
        from = range[0];
      }
    },
  });
  return from;
}

function unresolvedAliases(document: Document): Alias[] {
  const aliases: Alias[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined) {
        aliases.push(alias);
      }
    },
  });
  return aliases;
}

function explainError(issue: YAMLError, text: string): Finding {
  const offset = issue.pos[0];
  if (/^\s*\/[/*]/.test(text)) {
    return JSON_COMMENT;
  }
  switch (issue.code) {
    case "DUPLICATE_KEY": {
      const key = /^["']?([\w$-]+)/.exec(text.slice(offset))?.[1];
      return error(`the key${key === undefined ? "" : ` ${key}`} is given twice`, { allowed: "each key once" });
    }
    case "TAB_AS_INDENT":
      return error("YAML: a tab is used as indentation", { allowed: "spaces" });
    case "BAD_SCALAR_START":
      return error(`YAML: a value cannot start with ${text.charAt(offset)} unless it is in quotes`, {
        allowed: 'for example "@hourly"',
      });
    case "BAD_ALIAS":
      return UNRESOLVED_ALIAS;
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      return error("YAML: a key cannot begin here", {
        allowed: "keys of one map in one column, each on a line of its own; text with a colon in quotes",
      });
    default:
      return error(`YAML: ${withoutQuotation(issue)}`, { allowed: allowedAt(text, offset) });
  }
}

/** A value in a line of its own that begins with a sign of YAML's, such as a host key that is written as `[host]:2222 ...`. */
const SIGN_AT_START = /^\s*(?:- +|[\w$-]+: +)*([[{|>!&])/;

function allowedAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1).split("\n", 1)[0] ?? "";
  if (COMMENTED_JSON.test(text) && /(^|[\s,{[])\/[/*]/.test(line)) {
    return NO_COMMENTS;
  }
  const sign = SIGN_AT_START.exec(line)?.[1];
  return `${sign === undefined ? "" : `text that begins with ${sign} goes in quotes; `}well-formed YAML or JSON`;
}

/** What the library quotes after a colon may be a secret. */
function withoutQuotation({ message }: YAMLError): string {
  return message.replace(/:.*$/s, "");
}
