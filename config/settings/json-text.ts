import { error, hasErrors, type Problem } from "../problems/problem";
import { readYaml } from "../yaml/yaml-source";

/** What is wrong in the text of a JSON file. JSON is YAML, whose parser knows the place of a mistake, and of a key that is there twice. */
export function jsonProblems(file: string, text: string): Problem[] {
  const problems = readYaml(text).problems.map((problem) => ({ ...problem, file, path: "" }));
  return hasErrors(problems) ? problems : [...problems, ...onlyInYaml(file, text)];
}

/** What YAML takes and JSON doesn't, such as a comment. */
function onlyInYaml(file: string, text: string): Problem[] {
  try {
    JSON.parse(text);
    return [];
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return [{ ...error(`is not JSON: ${message}`), file, path: "", line: 0, column: 0 }];
  }
}
