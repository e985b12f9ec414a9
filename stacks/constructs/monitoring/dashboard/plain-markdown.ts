import { oneLine } from "../../../../contract/printable";

/** Any of them may stand behind a backslash (CommonMark, "Backslash escapes"), and then begins nothing. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/**
 * Text that somebody else has written, for a text widget: one line in which nothing is a link, an image, a button, a heading or
 * any other sign of Markdown.
 */
export function plainMarkdown(text: string): string {
  return oneLine(text, text.length).replace(PUNCTUATION, "\\$&");
}
