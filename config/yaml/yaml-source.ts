import { type Document, type ErrorCode, isScalar, LineCounter, parseAllDocuments, visit, type YAMLError } from "yaml";
import { isRecord, type Path } from "../problems/path";
import { error, type Finding, type Severity, warning } from "../problems/problem";
import { describeName, describeReceived } from "../problems/received";
import { NESTED_TOO_DEEP, tooDeepAt } from "./nesting";
import { oddNodes } from "./odd-nodes";
import { COMMENTED_JSON, commentsOfJson, cutOffByComment, typographicQuotes } from "./plain-text";
import { controlCharacter, type OffsetFinding, rawFindings } from "./raw-text";
import { yamlData } from "./yaml-data";
import { offsetOf, startOf, writtenAt } from "./yaml-locator";
import { ExpansionError, YamlTree } from "./yaml-tree";

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

const CUT_OFF = warning("YAML: what follows # is a comment, and not part of the value", {
  allowed: "text with # in it goes in quotes; a comment has a space after its #",
});

const TYPOGRAPHIC_QUOTES = warning("YAML: typographic quotes are part of the text", {
  allowed: "straight quotes, \" or '",
});

const NO_COMMENTS = "JSON without comments; YAML's begin with #";

const JSON_COMMENT = error("JSON: a comment stands here", { allowed: NO_COMMENTS });

/** A finding that is put into words only where it is shown: that takes time with the length of the text. */
interface SyntaxFinding {
  /** The library's; what else is looked at here is none to it. */
  readonly code: ErrorCode | "UNRESOLVED_ALIAS" | "COMMENT" | "JSON_COMMENT" | "QUOTES" | "ODD";
  readonly severity: Severity;
  readonly offset: number;
  explain(): Finding;
}

/** Of a text with more mistakes in its syntax, so many are told, errors first: whoever reads no data is told why. */
const MOST_TOLD = 200;

/**
 * Reads a text. Mistakes in its syntax come as problems, by line and column, up to 200, and so does
 * what makes the text say something else than it shows. An exception is a bug of ours.
 */
export function readYaml(text: string): YamlSource {
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    return unreadable({ ...NESTED_TOO_DEEP, ...placeIn(text, deep) });
  }
  const control = controlCharacter(text);
  if (control !== undefined) {
    return unreadable({ ...control.finding, ...placeIn(text, control.offset) });
  }
  const lines = new LineCounter();
  // Pretty errors quote the line, which may hold a secret. Keys that are there twice are looked for in the tree: the library
  // compares each key with all before it.
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    logLevel: "error",
    uniqueKeys: false,
  });
  const trees = (Array.isArray(parsed) ? parsed : []).map((document) => new YamlTree(document));
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  const found = [
    ...rawFindings(text).map(withCode("ODD")),
    ...trees.flatMap((tree) => [...syntaxFindings(tree, text), ...oddNodes(tree.document, text).map(withCode("ODD"))]),
  ];
  const syntax = firstOf(withoutConsequences(found, position)).map((one) => ({
    finding: one.explain(),
    offset: one.offset,
  }));
  const content: Content = found.some(preventsReading) ? { findings: [] } : readContent(trees);
  const [tree] = trees;
  return {
    ...(content.data === undefined ? {} : { data: content.data }),
    problems: [...syntax, ...content.findings].map(({ finding, offset }) => ({
      ...finding,
      ...position(offset),
    })),
    locate: (path, part) => position(tree === undefined ? 0 : offsetOf(tree, path, part)),
    written: (path) => (tree === undefined ? undefined : writtenAt(tree, path)),
  };
}

/** Nothing of the text is known but what is wrong with it. */
function unreadable(problem: YamlSource["problems"][number]): YamlSource {
  return { problems: [problem], locate: () => ({ line: 1, column: 1 }), written: () => undefined };
}

function placeIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/**
 * One mistake in the syntax makes the library stumble over the rest of the line, and over every line after a tab. What is
 * no such mistake is said in any case, such as that a key is there twice.
 */
function withoutConsequences(
  findings: readonly SyntaxFinding[],
  position: (offset: number) => Position,
): SyntaxFinding[] {
  const ordered = [...findings].sort((a, b) => a.offset - b.offset);
  const tabs = ordered.filter(({ code }) => code === "TAB_AS_INDENT");
  const breaking = tabs.length > 0 ? tabs : ordered.filter(preventsReading);
  const firstOfLine = new Map([...breaking].reverse().map((one) => [position(one.offset).line, one]));
  return ordered.filter((one) => !preventsReading(one) || firstOfLine.get(position(one.offset).line) === one);
}

function firstOf(findings: readonly SyntaxFinding[]): SyntaxFinding[] {
  const [errors, warnings] = (["error", "warning"] as const).map((severity) =>
    findings.filter((one) => one.severity === severity),
  );
  return [...(errors ?? []), ...(warnings ?? [])].slice(0, MOST_TOLD);
}

/** A repeated key leaves the rest readable; after any other mistake, what the text seems to say is noise. */
function preventsReading({ severity, code }: SyntaxFinding): boolean {
  return severity === "error" && code !== "DUPLICATE_KEY";
}

interface Content {
  readonly data?: Record<string, unknown>;
  readonly findings: readonly OffsetFinding[];
}

function readContent([tree, ...others]: readonly YamlTree[]): Content {
  // A line of three dashes at the end begins one in which nothing is.
  const second = others
    .map(({ document }) => document.contents)
    .find((contents) => contents !== null && !(isScalar(contents) && contents.value === null));
  const contents = tree?.document.contents ?? null;
  if (tree === undefined || contents === null) {
    return { findings: [{ finding: error("the file is empty", { allowed: "a map of fields" }), offset: 0 }] };
  }
  if (second !== undefined) {
    const finding = error("a second YAML document begins here", { allowed: "one document in a file" });
    return { findings: [{ finding, offset: startOf(second) }] };
  }
  try {
    const data = yamlData(tree);
    if (isRecord(data)) {
      return { data, findings: [] };
    }
    const received = Array.isArray(data) ? "a list" : "a single value";
    const finding = error("the file must hold a map of fields", { received });
    return { findings: [{ finding, offset: startOf(contents) }] };
  } catch (cause) {
    if (cause instanceof ExpansionError) {
      return { findings: [{ finding: error(`YAML: ${cause.message}`), offset: startOf(cause.node) }] };
    }
    throw cause;
  }
}

function withCode(code: SyntaxFinding["code"]): (one: OffsetFinding) => SyntaxFinding {
  return ({ finding, offset }) => ({ code, severity: finding.severity, offset, explain: () => finding });
}

function syntaxFindings(tree: YamlTree, text: string): SyntaxFinding[] {
  const { document } = tree;
  const at = (code: SyntaxFinding["code"], finding: Finding) => (offset: number) => withCode(code)({ finding, offset });
  const quoted = quotedTexts(document);
  return [
    ...document.errors.map((issue) => ({
      code: issue.code,
      severity: "error" as const,
      offset: issue.code === "MISSING_CHAR" ? unclosedFrom(quoted, issue) : issue.pos[0],
      explain: () => explainError(issue, text),
    })),
    ...document.warnings.map((issue) => ({
      code: issue.code,
      severity: "warning" as const,
      offset: issue.pos[0],
      explain: () =>
        warning(`YAML: ${withoutQuotation(issue)}`, {
          received: describeReceived(text.slice(...issue.pos)),
          ...(issue.code === "TAG_RESOLVE_FAILED" ? { allowed: "text that begins with ! goes in quotes" } : {}),
        }),
    })),
    ...tree.repeatedKeys.map(startOf).map((offset) => ({
      code: "DUPLICATE_KEY" as const,
      severity: "error" as const,
      offset,
      explain: () => repeatedKey(text, offset),
    })),
    ...cutOffByComment(document, text).map(at("COMMENT", CUT_OFF)),
    ...commentsOfJson(document, text).map(at("JSON_COMMENT", JSON_COMMENT)),
    ...typographicQuotes(document).map(at("QUOTES", TYPOGRAPHIC_QUOTES)),
    ...tree.unresolved.map(startOf).map(at("UNRESOLVED_ALIAS", UNRESOLVED_ALIAS)),
  ];
}

type Range = readonly [start: number, end: number];

/** Texts in quotes, in their order. */
function quotedTexts(document: Document): Range[] {
  const ranges: Range[] = [];
  visit(document, {
    Scalar: (_, { range, type }) => {
      if (range && /^QUOTE/.test(type ?? "")) {
        ranges.push([range[0], range[1]]);
      }
    },
  });
  return ranges;
}

/** Where the text begins whose quote is missing at the end; for anything else, where it is missing. */
function unclosedFrom(quoted: readonly Range[], { pos: [missing] }: YAMLError): number {
  let [low, high] = [0, quoted.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = (quoted[middle]?.[0] ?? 0) < missing ? [middle + 1, high] : [low, middle];
  }
  const [start, end] = quoted[low - 1] ?? [missing, missing];
  return missing <= end ? start : missing;
}

function repeatedKey(text: string, offset: number): Finding {
  const key = /^["']?([\w$-]+)/.exec(text.slice(offset))?.[1];
  return error(`the key${key === undefined ? "" : ` ${describeName(key)}`} is given twice`, {
    allowed: "each key once",
  });
}

function explainError(issue: YAMLError, text: string): Finding {
  const offset = issue.pos[0];
  if (/^\s*\/[/*]/.test(text)) {
    return JSON_COMMENT;
  }
  switch (issue.code) {
    case "RESOURCE_EXHAUSTION":
      return NESTED_TOO_DEEP;
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
