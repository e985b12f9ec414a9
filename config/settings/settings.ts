import type * as z from "zod";
import { reservedTexts } from "../fields/reserved-texts";
import { nameOfEmail } from "../naming/names";
import { dottedPath, isRecord, type Path, valueAt } from "../problems/path";
import { error, hasErrors, type Problem, sortProblems } from "../problems/problem";
import { type PlacedFinding, zodFindings } from "../problems/zod-findings";
import { readYaml } from "../yaml/yaml-source";
import type { Environment } from "./environment-file";
import { settingsSchema } from "./settings-schema";
import { checkTimeouts, withRunWithinExecution } from "./timeouts";

/** What the stacks and commands go by. */
export type Settings = z.output<typeof settingsSchema> & {
  /** The environment that is deployed to, where it is not that of cdktf.json alone. */
  readonly environment?: string;
  /** Names that definitions give to buckets, and the environment's own for them. */
  readonly bucketNames?: Readonly<Record<string, string>>;
  /** Buckets that hold states of Terraform, of any environment: no sync writes there. */
  readonly stateBuckets?: readonly string[];
};

export interface SettingsResult {
  /** Absent when a problem is an error. */
  readonly settings?: Settings;
  readonly problems: readonly Problem[];
}

/** Where the context was read from; with the text, problems are located by line and column. */
export interface SettingsSource {
  readonly file: string;
  readonly text?: string;
}

/** Keys of CDKTF's own that may stand beside ours in the context. */
const CDKTF_KEYS: readonly string[] = ["excludeStackIdFromLogicalIds", "allowSepCharsInLogicalIds"];

/** Where states are kept, if not in files; the empty form of each counts as absent. */
const BACKENDS: readonly string[] = ["terraformCloud", "s3Backend"];

/** `context` of cdktf.json as typed settings, every default in its place. @param environment has settings in the place of some. */
export function parseSettings(
  context: unknown,
  source: SettingsSource = { file: "cdktf.json" },
  environment?: Environment,
): SettingsResult {
  const effective = environment === undefined || !isRecord(context) ? context : merged(context, environment.settings);
  const written = isRecord(effective) ? withRunWithinExecution(withoutForeignAndEmpty(effective)) : effective;
  const result = settingsSchema.safeParse(written ?? {});
  const findings = [
    ...(result.success ? [] : zodFindings(result.error.issues, settingsSchema, written)),
    ...(isRecord(written)
      ? [...checkTimeouts(written), ...emailsDiffer(written), ...oneBackend(written), ...reservedTexts(written)]
      : []),
  ];
  const problems = locate(findings, source, environment);
  const place = environment === undefined ? {} : { environment: environment.name, bucketNames: environment.buckets };
  return { ...(result.success && !hasErrors(problems) ? { settings: { ...result.data, ...place } } : {}), problems };
}

/** Maps are merged, all else is replaced. */
function merged(base: Record<string, unknown>, over: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(over).map(([key, value]) => {
    const before = base[key];
    return [key, isRecord(before) && isRecord(value) ? merged(before, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(entries) };
}

/** An empty text counts as absent: parameter files are written with empty optional values. */
function withoutForeignAndEmpty(context: Record<string, unknown>): Record<string, unknown> {
  const withoutEmpty = (record: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ""));
  const own = Object.fromEntries(Object.entries(withoutEmpty(context)).filter(([key]) => !CDKTF_KEYS.includes(key)));
  return Object.fromEntries(
    Object.entries(own).flatMap(([key, value]) => {
      if (!BACKENDS.includes(key) || !isRecord(value)) {
        return [[key, value]];
      }
      const backend = withoutEmpty(value);
      return Object.keys(backend).length === 0 ? [] : [[key, backend]];
    }),
  );
}

function oneBackend({ terraformCloud, s3Backend }: Record<string, unknown>): PlacedFinding[] {
  return terraformCloud === undefined || s3Backend === undefined
    ? []
    : [
        {
          path: ["s3Backend"],
          part: "key",
          finding: error("stands beside terraformCloud, and a state has one place", { allowed: "one of the two" }),
        },
      ];
}

/** Two addresses with one name would be one resource. */
function emailsDiffer(context: Record<string, unknown>): PlacedFinding[] {
  const emails = settingsSchema.shape.notificationEmails.safeParse(context.notificationEmails).data ?? [];
  const first = new Map<string, string>();
  return emails.flatMap((email, index): PlacedFinding[] => {
    const other = first.get(nameOfEmail(email));
    if (other === undefined) {
      first.set(nameOfEmail(email), email);
      return [];
    }
    const finding = error("cannot be told from another one in Terraform's state", {
      received: `${email}, and ${other}`,
      allowed: "addresses that differ in letters or digits",
    });
    return [{ path: ["notificationEmails", index], part: "value", finding }];
  });
}

/** In the environment's file, where the setting or the map that lacks it stands there. */
function locate(
  findings: readonly PlacedFinding[],
  { file, text }: SettingsSource,
  environment: Environment | undefined,
): Problem[] {
  const base = text === undefined ? undefined : readYaml(text);
  const over = environment && readYaml(environment.text);
  const problems = findings.map(({ path, part, finding }) => {
    const isOver =
      environment !== undefined &&
      (valueAt(environment.settings, path) ?? (path.length > 1 && valueAt(environment.settings, path.slice(0, -1))));
    const [source, place, root] = isOver ? [over, environment.file, "settings"] : [base, file, "context"];
    const full: Path = [root, ...path];
    return {
      ...(source?.locate(full, part) ?? { line: 0, column: 0 }),
      ...finding,
      file: place,
      path: dottedPath(full),
    };
  });
  return sortProblems(problems, [file, ...(environment === undefined ? [] : [environment.file])]);
}
