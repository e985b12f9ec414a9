import { shortLines } from "../terminal/short-lines";
import { lineWidth } from "../terminal/width";

/** Columns that a note takes beside its text. */
const BORDERS = 6;

/** A file's text as it is shown before the file is written: within a note's borders, long lines without their middle. */
export function shownFile(text: string): string {
  return shortLines(text.trimEnd(), lineWidth(process.stderr) - BORDERS);
}
