import { type Alias, type Document, LineCounter, parseAllDocuments, visit, type YAMLError } from "yaml";
import { isRecord, type Path } from "./path";
import { error, type Finding, warning } from "./problem";
import { offsetOf, startOf } from "./yaml-locator";

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
}

interface OffsetFinding {
  readonly finding: Finding;
  readonly offset: number;
}

export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  // Pretty errors quote the line, which may hold a secret.
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: "error" });
  const documents = Array.isArray(parsed) ? parsed : [];
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  const syntax = documents.flatMap((document) => syntaxFindings(document, text));
  const broken = documents.some(isBroken);
  const content: Content = broken ? { findings: [] } : readContent(documents);
  const document = documents[0];
  return {
    ...(content.data === undefined ? {} : { data: content.data }),
    problems: withoutRepeats([...syntax, ...content.findings]).map(({ finding, offset }) => ({
      ...finding,
      ...position(offset),
    })),
    locate: (path, part) => position(document === undefined ? 0 : offsetOf(document, path, part)),
  };
}

/** The library reports one unclosed bracket once for each level that it closes. */
function withoutRepeats(findings: readonly OffsetFinding[]): OffsetFinding[] {
  const key = ({ finding, offset }: OffsetFinding) => `${offset} ${finding.message}`;
  return [...new Map(findings.map((one) => [key(one), one])).values()];
}

interface Content {
  readonly data?: Record<string, unknown>;
  readonly findings: readonly OffsetFinding[];
}

function readContent([document, second]: readonly Document[]): Content {
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
    // The one thing that is left to fail is the library's limit on the expansion of aliases.
    const message = cause instanceof Error ? cause.message : String(cause);
    return { findings: [{ finding: error(`cannot be expanded: ${message}`), offset }] };
  }
}

/** A repeated key leaves the rest readable; after any other mistake, what the text seems to say is noise. */
function isBroken(document: Document): boolean {
  return document.errors.some((issue) => issue.code !== "DUPLICATE_KEY") || unresolvedAliases(document).length > 0;
}

function syntaxFindings(document: Document, text: string): OffsetFinding[] {
  const offset = (issue: YAMLError) => issue.pos[0];
  return [
    ...document.errors.map((issue) => ({ finding: explainError(issue, text), offset: offset(issue) })),
    ...document.warnings.map((issue) => ({
      finding: warning(`YAML: ${withoutQuotation(issue)}`),
      offset: offset(issue),
    })),
    ...unresolvedAliases(document).map((alias) => ({
      finding: error("YAML: this alias (*) has no anchor (&) before it", { allowed: "text with a * goes in quotes" }),
      offset: startOf(alias),
    })),
  ];
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
  switch (issue.code) {
    case "DUPLICATE_KEY": {
      const key = /^["']?([\w$-]+)/.exec(text.slice(offset))?.[1];
      return error(`the key ${key ?? ""} is given twice`.replace("  ", " "), { allowed: "each key once" });
    }
    case "TAB_AS_INDENT":
      return error("YAML: a tab is used as indentation", { allowed: "spaces" });
    case "BAD_SCALAR_START":
      return error(`YAML: a value cannot start with ${text.charAt(offset)} unless it is in quotes`, {
        allowed: 'for example "@hourly"',
      });
    default:
      return error(`YAML: ${withoutQuotation(issue)}`);
  }
}

/** What the library quotes after a colon may be a secret. */
function withoutQuotation({ message }: YAMLError): string {
  return message.replace(/:.*$/s, "");
}
