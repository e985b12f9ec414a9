import * as z from "zod";
import { printable, shortened } from "./printable";

/** What is told of what is wrong; beyond that nobody reads it, and a text can be wrong in as many places as it is long. */
const MOST_ISSUES = 20;
const MOST_CHARACTERS = 4000;

/** The first of what a schema finds wrong, a line or two for each: for a message, whatever the names in it hold. */
export function firstIssues({ issues }: z.ZodError): string {
  const more = issues.length - MOST_ISSUES;
  const lines = z.prettifyError(new z.ZodError(issues.slice(0, MOST_ISSUES))).split("\n");
  return shortened(lines.map(printable).join("\n"), MOST_CHARACTERS) + (more > 0 ? `\n... and ${more} more` : "");
}
