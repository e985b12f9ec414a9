import { dottedPath } from "../../config/problems/path";
import { hasErrors, type Problem, sortProblems } from "../../config/problems/problem";
import { zodFindings } from "../../config/problems/zod-findings";
import { readYaml } from "../../config/yaml/yaml-source";
import { type FaultPlan, faultsSchema } from "./faults-schema";

export interface FaultsResult {
  /** Absent when a problem is an error. */
  readonly faults?: FaultPlan;
  readonly problems: readonly Problem[];
}

/** The text of a faults file, checked as a definition is: every problem at once, each with its place. */
export function readFaults(file: string, text: string): FaultsResult {
  const source = readYaml(text);
  const syntax = source.problems.map((problem) => ({ ...problem, file, path: "" }));
  if (source.data === undefined) {
    return { problems: syntax };
  }
  const result = faultsSchema.safeParse(source.data);
  const findings = result.success ? [] : zodFindings(result.error.issues, faultsSchema, source.data);
  const placed = findings.map(({ path, part, finding }) => ({
    ...finding,
    ...source.locate(path, part),
    file,
    path: dottedPath(path),
  }));
  const problems = sortProblems([...syntax, ...placed], [file]);
  return { ...(result.success && !hasErrors(problems) ? { faults: result.data } : {}), problems };
}
