import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../../config/error-code";
import { isRecord } from "../../../config/problems/path";
import { readEnvironment } from "../../../config/settings/environment-file";
import type { Settings } from "../../../config/settings/settings";
import { readSettings } from "../../../config/settings/settings-file";
import { git } from "../../git/git";
import { type FieldChange, fieldChanges, flattened } from "./field-changes";

/** A file of settings that is not as it was in the base. */
export interface SettingsFileChange {
  /** `cdktf.json` or `environments/NAME.json`. */
  readonly file: string;
  readonly kind: "added" | "removed" | "changed";
  /** Of one that changed: `context.logLevel`, `buckets.lake`. None where one of the two is no JSON. */
  readonly fields: readonly FieldChange[];
}

const CDKTF = "cdktf.json";
const ENVIRONMENTS = "environments";

/**
 * The settings as a commit has them.
 * @param environment the name of the one that is looked at.
 * @returns undefined where they are wrong there, or the environment is not there.
 */
export async function settingsAt(
  root: string,
  commit: string,
  environment: string | undefined,
): Promise<Settings | undefined> {
  const text = await textAt(root, commit, CDKTF);
  if (text === undefined || environment === undefined) {
    return text === undefined ? undefined : readSettings(text).settings;
  }
  const file = `${ENVIRONMENTS}/${environment}.json`;
  const read = readEnvironment(environment, file, (await textAt(root, commit, file)) ?? "");
  return read.environment && readSettings(text, undefined, read.environment).settings;
}

/** What became of cdktf.json and of the files of all environments. */
export async function settingsFileChanges(root: string, commit: string): Promise<SettingsFileChange[]> {
  const listed = (await git(root, "ls-tree", "-z", "--name-only", commit, "--", `${ENVIRONMENTS}/`)) ?? "";
  const files = [...listed.split("\0"), ...(await filesNow(root))].filter((file) => file.endsWith(".json"));
  const changes = await Promise.all(
    [CDKTF, ...new Set(files.sort())].map(async (file) => {
      const now = await readFile(join(root, file), "utf8").catch(() => undefined);
      return fileChange(file, await textAt(root, commit, file), now);
    }),
  );
  return changes.flat();
}

function fileChange(file: string, before: string | undefined, now: string | undefined): SettingsFileChange[] {
  if (before === now) {
    return [];
  }
  if (before === undefined || now === undefined) {
    return [{ file, kind: before === undefined ? "added" : "removed", fields: [] }];
  }
  const [old, current] = [fieldsOf(before), fieldsOf(now)];
  const fields = old === undefined || current === undefined ? [] : fieldChanges(old, current);
  // Other spaces are no change.
  return fields.length === 0 && old !== undefined && current !== undefined ? [] : [{ file, kind: "changed", fields }];
}

function fieldsOf(text: string): Record<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isRecord(data) ? flattened(data) : undefined;
  } catch {
    return undefined;
  }
}

async function filesNow(root: string): Promise<string[]> {
  try {
    return (await readdir(join(root, ENVIRONMENTS))).map((name) => `${ENVIRONMENTS}/${name}`);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") {
      return [];
    }
    throw cause;
  }
}

/** Undefined where the commit has no such file below the root. */
const textAt = (root: string, commit: string, file: string): Promise<string | undefined> =>
  git(root, "cat-file", "blob", `${commit}:./${file}`);
