import { type Document, visit } from "yaml";

/** A map of JSON, perhaps with a comment before it. */
export const COMMENTED_JSON = /^\s*(\{|\/\/|\/\*)/;

/** Where a comment begins that looks like the rest of the plain value before it, as in `file #1.csv`. */
export function cutOffByComment(document: Document, text: string): number[] {
  const offsets: number[] = [];
  visit(document, {
    Scalar: (_, { range, type, value }) => {
      const isText = type === "PLAIN" && typeof value === "string";
      const comment = range && isText ? /^[ \t]+(?=#[^\s#!])/.exec(text.slice(range[1])) : undefined;
      if (range && comment) {
        offsets.push(range[1] + comment[0].length);
      }
    },
  });
  return offsets;
}

/** Comments that YAML takes for text, in a file that is written as JSON: there all text stands in quotes, and every key. */
export function commentsOfJson(document: Document, text: string): number[] {
  const comments: number[] = [];
  let isJson = COMMENTED_JSON.test(text);
  visit(document, {
    Scalar: (key, { range, type }) => {
      const plain = range && type === "PLAIN" ? text.slice(range[0], range[1]) : "";
      const comment = /(^|\s)(?=\/[/*])/.exec(plain);
      if (range && comment) {
        comments.push(range[0] + comment.index + (comment[1] ?? "").length);
      } else if (key === "key") {
        isJson &&= type === "QUOTE_DOUBLE";
      }
    },
  });
  return isJson ? comments : [];
}

/** A text that as a whole stands in quotes of a word processor, and in no others. */
const TYPOGRAPHIC =
  /^[\u2018-\u201f\u00ab\u00bb\u2039\u203a][^\u2018-\u201f\u00ab\u00bb\u2039\u203a]*[\u2018-\u201f\u00ab\u00bb\u2039\u203a]$/;

/** Where a plain text begins that a word processor has put into quotes: to YAML they are letters. */
export function typographicQuotes(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Scalar: (_, { range, type, value }) => {
      if (range && type === "PLAIN" && typeof value === "string" && TYPOGRAPHIC.test(value)) {
        offsets.push(range[0]);
      }
    },
  });
  return offsets;
}
