import * as z from "zod";
import { parseBucketName } from "../fields/local-repository";
import { dottedPath } from "../problems/path";
import { hasErrors, type Problem, sortProblems } from "../problems/problem";
import { zodFindings } from "../problems/zod-findings";
import { readYaml } from "../yaml/yaml-source";
import { jsonProblems } from "./json-text";
import { serverPatternSchema } from "./target-buckets";

const bucketSchema = z.string().refine((name) => parseBucketName(name).value === name, "a bucket's name");

/** `environments/NAME.json`. */
const environmentSchema = z.strictObject({
  servers: z
    .array(serverPatternSchema)
    .min(1)
    .default(["*"])
    .describe("Names of the servers that are deployed there; `*` stands for any characters."),
  buckets: z
    .record(bucketSchema, bucketSchema)
    .default({})
    .describe("By the names of buckets in the definitions, their names in this environment."),
  settings: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("Settings that stand in the place of those in cdktf.json; maps are merged."),
});

/** Where the same definitions are deployed once more: another account, another Region, another stage. */
export interface Environment extends z.output<typeof environmentSchema> {
  readonly name: string;
  /** As it is named in problems: `environments/stage.json`. */
  readonly file: string;
  readonly text: string;
}

export interface EnvironmentResult {
  /** Absent where a problem is an error. */
  readonly environment?: Environment;
  readonly problems: readonly Problem[];
}

/** Reads the text of an environment's file. What its settings are worth is seen once they stand in their places. */
export function readEnvironment(name: string, file: string, text: string): EnvironmentResult {
  const syntax = jsonProblems(file, text);
  if (hasErrors(syntax)) {
    return { problems: syntax };
  }
  const data: unknown = JSON.parse(text);
  const result = environmentSchema.safeParse(data);
  if (result.success) {
    return { environment: { name, file, text, ...result.data }, problems: syntax };
  }
  const source = readYaml(text);
  const problems = zodFindings(result.error.issues, environmentSchema, data).map(({ path, part, finding }) => ({
    ...source.locate(path, part),
    ...finding,
    file,
    path: dottedPath(path),
  }));
  return { problems: sortProblems(problems, [file]) };
}
