import { lineWidth } from "../terminal/width";

/** Columns that a note takes beside its text. */
const BORDERS = 6;

/** A definition's text as somebody sees it before it is written: no line is longer than a note on this terminal. */
export async function shownFile(text: string): Promise<string> {
  const { shortLines } = await import("../commands/definitions/new-definition.js");
  return shortLines(text.trimEnd(), lineWidth(process.stderr) - BORDERS);
}
