import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  stringify,
  type ToStringOptions,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

/** How a file is written, so that what is added looks like the rest. */
export interface Style {
  readonly eol: "\n" | "\r\n";
  /** Blanks of one level. */
  readonly step: number;
  /** Whether a list under a key is indented. */
  readonly indentSeq: boolean;
  readonly singleQuote: boolean;
  /** Whether all is JSON: every key and text in double quotes. */
  readonly isJson: boolean;
}

const USUAL_STEP = 2;

/** The style of a text, with the usual one where it says nothing. */
export function styleOf(text: string, document: Document): Style {
  let step: number | undefined;
  let indentSeq: boolean | undefined;
  let [single, double] = [0, 0];
  visit(document, {
    Scalar: (_, { type }) => {
      single += type === "QUOTE_SINGLE" ? 1 : 0;
      double += type === "QUOTE_DOUBLE" ? 1 : 0;
    },
    Pair: (_, { key, value }, ancestors) => {
      const map = ancestors.at(-1);
      if (isMap(map) && isScalar(key) && (isMap(value) || isSeq(value)) && !value.flow) {
        const deeper = indentOf(value) - indentOf(map);
        if (isSeq(value)) {
          indentSeq ??= deeper > 0;
        }
        step ??= deeper > 0 ? deeper : undefined;
      }
    },
  });
  const isJson = text.trimStart().startsWith("{");
  return {
    eol: text.includes("\r\n") ? "\r\n" : "\n",
    step: step ?? jsonStep(isJson, text) ?? USUAL_STEP,
    indentSeq: indentSeq ?? true,
    singleQuote: single > double,
    isJson,
  };
}

function indentOf({ srcToken }: YAMLMap | YAMLSeq): number {
  return srcToken !== undefined && srcToken !== null && "indent" in srcToken ? srcToken.indent : 0;
}

const jsonStep = (isJson: boolean, text: string) => (isJson ? /\n( +)"/.exec(text)?.[1]?.length : undefined);

/** Nothing is folded: a host key stays on one line. */
const options = ({ step, indentSeq, singleQuote }: Style): ToStringOptions => ({
  lineWidth: 0,
  indent: step,
  indentSeq,
  singleQuote,
});

/** @param column where its first line begins. */
const placed = (text: string, column: number, { eol }: Style) =>
  text.trimEnd().replaceAll("\n", `${eol}${" ".repeat(column)}`);

/** `Key: value` of a block map. */
export function pairText(key: string, value: unknown, column: number, style: Style): string {
  return placed(stringify({ [key]: value }, options(style)), column, style);
}

/** `- value` of a block list. */
export function itemText(value: unknown, column: number, style: Style): string {
  return placed(stringify([value], options(style)), column, style);
}

/** A single value, in quotes where the one before was. */
export function scalarText(value: unknown, before: Scalar, style: Style): string {
  const scalar = new Scalar(value);
  if (typeof value === "string" && (before.type === "QUOTE_SINGLE" || before.type === "QUOTE_DOUBLE")) {
    scalar.type = before.type;
  }
  return stringify(scalar, options(style)).trimEnd();
}

/** Text that means nothing but itself within braces and brackets. */
const PLAIN = /^[A-Za-z/][\w./-]*$/;
const OTHER_MEANING = /^(true|false|null|~)$/i;

/** A value within braces or brackets. @param column of the line in which it begins; undefined: all on one line. */
export function flowText(value: unknown, column: number | undefined, style: Style): string {
  if (typeof value === "string" && !style.isJson && PLAIN.test(value) && !OTHER_MEANING.test(value)) {
    return value;
  }
  const isLong = column !== undefined && typeof value === "object";
  return isLong ? placed(JSON.stringify(value, null, style.step), column, style) : JSON.stringify(value);
}
