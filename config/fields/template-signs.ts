import { type Finding, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";

/** `${var.env}` and `%{if}` of Terraform, `{{ env }}` of other templates, `$(ENV)` of shells and Azure's pipelines. */
const TEMPLATE = /[$%]\{|\{\{|\$\(/;

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
