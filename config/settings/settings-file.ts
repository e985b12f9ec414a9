import { isRecord } from "../problems/path";
import { hasErrors } from "../problems/problem";
import type { Environment } from "./environment-file";
import { jsonProblems } from "./json-text";
import { parseSettings, type SettingsResult } from "./settings";

const FILE = "cdktf.json";

/**
 * The settings in cdktf.json, as an environment has them where one is given.
 * @param text of the file.
 * @param handedOver the context as the cdktf command hands it over in the environment (CDKTF_CONTEXT_JSON), with keys of
 * its own beside ours; without it, as with `tsx main.ts`, the file's counts.
 */
export function readSettings(text: string, handedOver?: string, environment?: Environment): SettingsResult {
  const problems = jsonProblems(FILE, text);
  if (hasErrors(problems)) {
    return { problems };
  }
  const result = parseSettings(contextOf(text, handedOver), { file: FILE, text }, environment);
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
