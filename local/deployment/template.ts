/** A piece of a Terraform template: text, or the expression of an interpolation. */
export type TemplatePart = { readonly text: string } | { readonly expression: string };

/** `$${` and `%%{` stand for themselves; `${...}` is an interpolation. Quotes inside an expression may hold braces. */
const PARTS = /\$\$\{|%%\{|\$\{((?:"(?:[^"\\]|\\.)*"|[^"}])*)\}/g;

/** Splits a string of Terraform JSON. */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.matchAll(PARTS)) {
    const [whole, expression] = match;
    parts.push({ text: text.slice(end, match.index) });
    parts.push(expression === undefined ? { text: whole.slice(1) } : { expression: expression.trim() });
    end = match.index + whole.length;
  }
  parts.push({ text: text.slice(end) });
  return parts.filter((part) => !("text" in part) || part.text !== "");
}

const REFERENCE = /^[A-Za-z_][\w-]*(?:\.[\w-]+|\[\d+\]|\["[^"]*"\])*$/;
const STEP = /\.?([\w-]+)|\[(\d+)\]|\["([^"]*)"\]/g;

/** `aws_s3_bucket.results.arn` -> its steps. @returns `undefined` for any other expression. */
export function parseReference(expression: string): string[] | undefined {
  if (!REFERENCE.test(expression)) {
    return undefined;
  }
  return [...expression.matchAll(STEP)].map(([, name, index, key]) => name ?? index ?? key ?? "");
}
