import { isDeepStrictEqual } from "node:util";
import { isShortened } from "../definition/across-files/aws-names";
import type { DefinitionsResult, Limits } from "../load-definitions";
import type { Problem } from "../problems/problem";
import type { Installation } from "./installation";
import { bucketsAreApart } from "./shared-buckets";

/**
 * What is wrong in environments, beside what has been found without one: errors of their settings, what is odd in those that their
 * own files set, such as a namePrefix that two have, which of them were compared with no other, what definitions have with these settings alone, and buckets that two of them write to.
 * @param found definitions with the limits of cdktf.json alone.
 * @param load called once for all environments that have the same limits.
 */
export async function problemsInEnvironments(
  environments: readonly Installation[],
  found: Pick<DefinitionsResult, "definitions" | "problems"> & { readonly limits: Limits },
  load: (limits: Limits) => Promise<DefinitionsResult>,
): Promise<Problem[]> {
  const ofSettings = environments.flatMap(({ problems, notCompared, environment }) => [
    ...problems.filter(
      ({ severity, file, path }) =>
        severity === "error" || (file === environment?.file && path.startsWith(`${SETTINGS}.`)),
    ),
    ...(notCompared === undefined ? [] : [notCompared]),
  ]);
  const valid = environments.flatMap(({ environment, settings }) =>
    environment && settings ? { environment, settings } : [],
  );
  const told = new Set(found.problems.map(keyOf));
  const names = found.definitions.map(({ name }) => name);
  const held = [limitsOf(found.limits, names)];
  const ofDefinitions: Problem[] = [];
  for (const { settings, environment } of environments) {
    const limits = limitsOf(settings ?? {}, names);
    if (settings === undefined || environment === undefined || held.some((one) => isDeepStrictEqual(one, limits))) {
      continue;
    }
    held.push(limits);
    const { problems } = await load(limits);
    const further = problems.filter((problem) => !told.has(keyOf(problem)));
    further.forEach((problem) => {
      told.add(keyOf(problem));
    });
    ofDefinitions.push(
      ...further.map((problem) => ({
        ...problem,
        message: `in the environment ${environment.name}: ${problem.message}`,
      })),
    );
  }
  return [...distinct(ofSettings, found.problems), ...bucketsAreApart(valid, found.definitions), ...ofDefinitions];
}

/** Holds an environment's settings in its file. */
const SETTINGS = "settings";

/** An error in cdktf.json is one of every environment too. */
function distinct(problems: readonly Problem[], known: readonly Problem[]): Problem[] {
  const keys = new Set(known.map(keyOf));
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).entries()].flatMap(([key, problem]) =>
    keys.has(key) ? [] : problem,
  );
}

/** What of the limits makes a difference to these servers. */
function limitsOf(
  { targetBuckets, startsPerMinute, bucketNames = {}, ...others }: Limits,
  names: readonly string[],
): Limits {
  const { namePrefix, region } = others;
  const isNamed = namePrefix !== undefined && region !== undefined;
  return {
    ...(isNamed && names.some((name) => isShortened({ namePrefix, region }, name)) ? { namePrefix, region } : {}),
    ...(targetBuckets === undefined ? {} : { targetBuckets }),
    ...(startsPerMinute === undefined ? {} : { startsPerMinute }),
    bucketNames,
  };
}

/** A warning of places in buckets, which have other names in each environment, is told once all the same. */
function keyOf({ severity, file, line, column, path, message, received }: Problem): string {
  const place = [severity, file, line, column, path];
  return JSON.stringify(
    severity === "warning" ? [...place, message.replaceAll(BUCKET, "s3://")] : [...place, message, received],
  );
}

const BUCKET = /s3:\/\/[^/]*/g;
