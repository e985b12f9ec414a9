import { isRecord } from "../problems/path";
import { error, hasErrors, type Problem } from "../problems/problem";
import { readYaml } from "../yaml/yaml-source";
import { parseSettings, type SettingsResult } from "./settings";

const FILE = "cdktf.json";

/**
 * The settings in cdktf.json.
 * @param text of the file.
 * @param handedOver the context as the cdktf command hands it over in the environment (CDKTF_CONTEXT_JSON), with keys of
 * its own beside ours; without it, as with `tsx main.ts`, the file's counts.
 */
export function readSettings(text: string, handedOver?: string): SettingsResult {
  const problems = syntaxProblems(text);
  if (hasErrors(problems)) {
    return { problems };
  }
  const result = parseSettings(contextOf(text, handedOver), { file: FILE, text });
  return { ...result, problems: [...problems, ...result.problems] };
}

function contextOf(text: string, handedOver: string | undefined): unknown {
  const parsed: unknown = JSON.parse(handedOver ?? text);
  if (!isRecord(parsed)) {
    return parsed;
  }
  return handedOver === undefined
    ? parsed.context
    : Object.fromEntries(Object.entries(parsed).filter(([key]) => !key.startsWith("cdktf")));
}

/** JSON is YAML, whose parser knows the place of a mistake, and of a key that is there twice. */
function syntaxProblems(text: string): Problem[] {
  const problems = readYaml(text).problems.map((problem) => ({ ...problem, file: FILE, path: "" }));
  return hasErrors(problems) ? problems : [...problems, ...jsonProblems(text)];
}

/** What YAML takes and JSON doesn't, such as a comment. */
function jsonProblems(text: string): Problem[] {
  try {
    JSON.parse(text);
    return [];
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return [{ ...error(`is not JSON: ${message}`), file: FILE, path: "", line: 0, column: 0 }];
  }
}
