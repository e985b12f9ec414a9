import { COMMAND } from "../command-line";
import { count } from "../figures";

/** GitHub takes 65,536 characters in a comment; what is left is for the last line, and for whoever adds one. */
const MOST_CHARACTERS = 64_000;

/** As many lines as a comment has room for, and a last one that says how many are left out. */
export function bounded(markdown: string): string {
  if (markdown.length <= MOST_CHARACTERS) {
    return markdown;
  }
  // Without a line's end, there is no room for any line.
  const shown = markdown.slice(0, Math.max(0, markdown.lastIndexOf("\n", MOST_CHARACTERS)));
  const left = markdown.slice(shown.length).trim().split("\n").length;
  return `${shown}\n\n**Left out here: ${count(left, "more line")}, for which a comment has no room. Everything: \`${COMMAND} summary --json\`**`;
}
