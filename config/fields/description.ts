import { error, type Parsed, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";

/** Control characters but for blanks, and half a letter. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** As Terraform and other programs write what they replace. */
const TEMPLATE = /[$%]\{|\{\{/;

/** `Description` as it is: whoever shows it brings it into form. */
export function parseDescription(text: string): Parsed<string> {
  const received = describeReceived(text);
  if (UNPRINTABLE.test(text)) {
    return { findings: [error("has a control character", { received, allowed: "printable text and line breaks" })] };
  }
  const findings = TEMPLATE.test(text)
    ? [warning("looks like a template, and stays as it is: nothing is replaced here", { received })]
    : [];
  return { value: text, findings };
}
