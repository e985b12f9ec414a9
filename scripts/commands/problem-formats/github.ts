import type { Problem, Severity } from "../../../config/problems/problem";
import { onOneLine } from "../../../config/problems/received";
import { weighedProblems } from "../../../config/problems/weighed-problems";
import { count } from "../figures";
import { problemText } from "./problem-text";
import { repositoryPath } from "./repository-path";

/** Of a step, GitHub shows so many errors, and so many warnings. */
const SHOWN_OF_A_SEVERITY = 10;

/**
 * Problems as commands to GitHub Actions, which shows the first of them beside their lines in a pull request: those of the most
 * weight come first, and where they are too many, one before them says so.
 */
export function githubAnnotations(problems: readonly Problem[]): string[] {
  return [
    ...(["error", "warning"] as const).flatMap((severity) => notShown(severity, problems)),
    ...weighedProblems(problems).map(githubAnnotation),
  ];
}

/** It is one of those that are shown. */
function notShown(severity: Severity, problems: readonly Problem[]): string[] {
  const all = problems.filter((problem) => problem.severity === severity).length;
  const more = all - (SHOWN_OF_A_SEVERITY - 1);
  return all <= SHOWN_OF_A_SEVERITY
    ? []
    : [
        `::${severity}::${count(more, `more ${severity}`)} of ${all} may have no place here: GitHub shows ` +
          `${SHOWN_OF_A_SEVERITY} of a step. The log of this step has all.`,
      ];
}

function githubAnnotation(problem: Problem): string {
  const { severity, file, line, column } = problem;
  const place = line > 0 ? `,line=${line},col=${column}` : "";
  return `::${severity} file=${property(onOneLine(repositoryPath(file)))}${place}::${data(problemText(problem))}`;
}

/** As GitHub's own toolkit escapes what stands after the second pair of colons. */
const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
