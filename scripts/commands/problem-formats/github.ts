import type { Problem } from "../../../config/problems/problem";
import { onOneLine } from "../../../config/problems/received";
import { problemText } from "./problem-text";
import { repositoryPath } from "./repository-path";

/** A problem as a command to GitHub Actions, which shows it beside its line in a pull request. */
export function githubAnnotation(problem: Problem): string {
  const { severity, file, line, column } = problem;
  const place = line > 0 ? `,line=${line},col=${column}` : "";
  return `::${severity} file=${property(onOneLine(repositoryPath(file)))}${place}::${data(problemText(problem))}`;
}

/** As GitHub's own toolkit escapes what stands after the second pair of colons. */
const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
