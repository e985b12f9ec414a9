import { type Finding, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";

/**
 * `${var.env}` and `%{if}` of Terraform, `{{ env }}` of other templates, `$(ENV)` of shells and Azure's pipelines, `{year}` and
 * `YYYY` of other programs.
 */
const TEMPLATE = /[$%]\{|\{\{|\$\(|\{(year|month|day|date|yyyy|mm|dd)\}|yyyy/i;

/** What takes several names in a glob. */
const PATTERN = /[*?]/;

/** Warns of text that somebody expects to be replaced: nothing is, but for the date tags of `Folder`. */
export function templateWarnings(text: string): Finding[] {
  return TEMPLATE.test(text)
    ? [
        warning("looks like a template, and stays as it is: nothing is replaced here", {
          received: describeReceived(text),
        }),
      ]
    : [];
}

/** Warns of a path that somebody expects to stand for several: only Include and Exclude are globs. */
export function patternWarnings(text: string): Finding[] {
  return PATTERN.test(text)
    ? [warning("has * or ?, which stand for themselves here", { received: describeReceived(text) })]
    : [];
}
