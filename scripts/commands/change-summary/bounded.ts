import { COMMAND } from "../command-line";
import { count } from "../figures";

/** GitHub takes 65,536 characters in a comment; what is left is for the words on what is left out, and for whoever adds some. */
const MOST_CHARACTERS = 63_000;

/**
 * As many lines as a comment has room for. What is left out stands before them all, where nobody overlooks it, and at the end.
 * @param head what is never cut. @param body begins where the head ends.
 */
export function bounded(head: string, body: string): string {
  const room = MOST_CHARACTERS - head.length;
  if (body.length <= room) {
    return [head, body].filter((part) => part !== "").join("\n\n");
  }
  // Without a line's end, there is no room for any line.
  const shown = body.slice(0, Math.max(0, body.lastIndexOf("\n", room)));
  const left = body.slice(shown.length).trim().split("\n").length;
  const words = `Left out here: ${count(left, "more line")}, for which a comment has no room. Everything: \`${COMMAND} summary --json\``;
  return [head, `> **${words}**`, shown, `**${words}**`].join("\n\n");
}
