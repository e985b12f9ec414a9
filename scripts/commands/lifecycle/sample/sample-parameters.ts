import { isDeepStrictEqual } from "node:util";
import { didYouMean } from "../../../../config/problems/nearest-name";
import { isRecord, valueAt } from "../../../../config/problems/path";
import { error, hasErrors, type Problem, warning } from "../../../../config/problems/problem";
import { describeReceived } from "../../../../config/problems/received";
import { jsonProblems } from "../../../../config/settings/json-text";
import { parseSettings } from "../../../../config/settings/settings";
import { readSettings } from "../../../../config/settings/settings-file";
import { readYaml } from "../../../../config/yaml/yaml-source";
import { YamlText } from "../../definition-text/yaml-text";
import type { SampleFile } from "./sample-files";

/** The setting in the place of each parameter. */
const SETTINGS: Readonly<Record<string, string>> = {
  permission_boundary_policy_arn: "permissionsBoundaryArn",
  powertools_service_name: "serviceName",
  powertools_log_level: "logLevel",
  additional_tags: "additionalTags",
};

/** What has nothing in its place: there is no Python here. */
const WITHOUT: readonly string[] = ["boto_version", "pyawscron_version"];

export interface MigratedSettings {
  /** cdktf.json with the settings; as it was where there is nothing to set. */
  readonly text: string;
  /** Those that are set. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/**
 * The sample's parameters as settings. What cdktf.json says otherwise already stays.
 * @param cdktf the text of cdktf.json.
 */
export function migratedSettings({ file, text }: SampleFile, cdktf: string): MigratedSettings {
  const syntax = jsonProblems(file, text);
  const parameters: unknown = hasErrors(syntax) ? undefined : JSON.parse(text);
  if (!isRecord(parameters)) {
    const problems = hasErrors(syntax) ? syntax : [at(file, text, "", error("is no map of parameters"))];
    return { text: cdktf, settings: {}, problems };
  }
  const context = valueAt(JSON.parse(cdktf), ["context"]);
  const usual = parseSettings({ region: valueAt(context, ["region"]) }).settings ?? {};
  const settings: Record<string, unknown> = {};
  const problems: Problem[] = [];
  let after = cdktf;
  for (const [key, value] of Object.entries(parameters)) {
    const setting = Object.hasOwn(SETTINGS, key) ? SETTINGS[key] : undefined;
    const now = setting === undefined ? undefined : valueAt(context, [setting]);
    if (setting === undefined) {
      problems.push(at(file, text, key, withoutPlace(key)));
    } else if (isEmpty(value) || isDeepStrictEqual(value, now)) {
    } else if (!isEmpty(now) && !isDeepStrictEqual(now, valueAt(usual, [setting]))) {
      const other = { received: describeReceived(value), allowed: `${describeReceived(now)}, as cdktf.json has it` };
      problems.push(at(file, text, key, warning(`is not taken over: ${setting} is set already`, other)));
    } else {
      settings[setting] = value;
      after = new YamlText(after, () => []).set(["context", setting], value);
    }
  }
  const placed = readSettings(after).problems.flatMap((problem) => {
    const [, setting = ""] = problem.path.split(/[.[]/);
    const [key] = Object.entries(SETTINGS).find(([, name]) => name === setting) ?? [];
    return problem.severity === "error" && setting in settings && key !== undefined
      ? [{ ...at(file, text, key, problem), message: `as ${problem.path}: ${problem.message}` }]
      : [];
  });
  return { text: after, settings, problems: [...problems, ...placed] };
}

function withoutPlace(key: string) {
  return WITHOUT.includes(key)
    ? warning("has nothing in its place: no Python is deployed")
    : error(`is no parameter of the sample${didYouMean(key, Object.keys(SETTINGS))}`, {
        allowed: [...Object.keys(SETTINGS), ...WITHOUT].join(", "),
      });
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === "" || (isRecord(value) && Object.keys(value).length === 0);

function at(
  file: string,
  text: string,
  key: string,
  finding: Pick<Problem, "severity" | "message" | "received" | "allowed">,
) {
  const { severity, message, received, allowed } = finding;
  return {
    ...readYaml(text).locate(key === "" ? [] : [key], "key"),
    severity,
    file,
    path: key,
    message,
    ...(received === undefined ? {} : { received }),
    ...(allowed === undefined ? {} : { allowed }),
  };
}
