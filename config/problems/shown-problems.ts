import { hasErrors, type Problem, sortProblems } from "./problem";
import { weighedProblems } from "./weighed-problems";

/** Of one file, so many problems are shown: nobody reads more before mending some of them. */
const MOST_SHOWN = 100;

/**
 * By file, in the order in which a reader meets them. Of a file with more than 100 errors are kept first, and some of each kind; a
 * last problem says how many there are besides; it is an error where one of these is.
 */
export function shownProblems(problems: readonly Problem[], files: readonly string[]): Problem[] {
  const ofFile = new Map<string, Problem[]>(files.map((file) => [file, []]));
  for (const problem of problems) {
    ofFile.get(problem.file)?.push(problem);
  }
  return [...ofFile].flatMap(([file, found]) => firstOf(file, sortProblems(found, [file])));
}

function firstOf(file: string, problems: readonly Problem[]): Problem[] {
  if (problems.length <= MOST_SHOWN) {
    return [...problems];
  }
  const shown = new Set(weighedProblems(problems).slice(0, MOST_SHOWN));
  const others = problems.filter((problem) => !shown.has(problem));
  const more: Problem = {
    severity: hasErrors(others) ? "error" : "warning",
    file,
    line: 0,
    column: 0,
    path: "",
    message: `${others.length} more problems are not shown`,
  };
  return [...problems.filter((problem) => shown.has(problem)), more];
}
