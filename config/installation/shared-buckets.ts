import type { ServerDefinition } from "../../contract/model";
import { type Problem, warning } from "../problems/problem";
import type { Environment } from "../settings/environment-file";
import type { Settings } from "../settings/settings";
import { readYaml } from "../yaml/yaml-source";
import { mayBeOneAccount } from "./environments-apart";
import { deployedTo } from "./installation";

/** An environment whose settings are right. */
export interface ValidEnvironment {
  readonly environment: Environment;
  readonly settings: Settings;
}

/** Servers that write to a bucket, by the bucket's name in their definitions. */
type Writers = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Warns of two environments that may write the same objects: one server in the same bucket, or servers for which `buckets` brings two
 * buckets together. Servers of which each is in one environment alone are held against each other by their definitions. Of two
 * accounts only one has the bucket, and whoever lets the other write to it does so on purpose; so does whoever names a bucket in
 * `buckets`.
 * @param definitions with the buckets' names that stand in them.
 */
export function bucketsAreApart(
  environments: readonly ValidEnvironment[],
  definitions: readonly ServerDefinition[],
): Problem[] {
  const written = environments.map((one) => ({ ...one, buckets: writersOf(one.environment, definitions) }));
  return written.flatMap((one, index) =>
    written.slice(0, index).flatMap((other) => {
      const shared = mayBeOneAccount(one.settings, other.settings)
        ? [...one.buckets].flatMap(([bucket, writers]) => (meet(writers, other.buckets.get(bucket)) ? bucket : []))
        : [];
      const implied = (environment: Environment) => shared.filter((bucket) => !isNamed(environment, bucket));
      const ofOne = implied(one.environment);
      return ofOne.length > 0
        ? sharing(one.environment, other.environment, ofOne)
        : sharing(other.environment, one.environment, implied(other.environment));
    }),
  );
}

function writersOf(environment: Environment, definitions: readonly ServerDefinition[]): ReadonlyMap<string, Writers> {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const { name, syncs } of deployedTo(environment, definitions).definitions) {
    for (const { setting } of syncs) {
      const written = setting.LocalRepository.BucketName;
      const bucket = Object.hasOwn(environment.buckets, written) ? (environment.buckets[written] ?? written) : written;
      const writers = found.get(bucket) ?? new Map<string, Set<string>>();
      found.set(bucket, writers.set(written, (writers.get(written) ?? new Set()).add(name)));
    }
  }
  return found;
}

function meet(one: Writers, other: Writers = new Map()): boolean {
  return [...one].some(([written, servers]) =>
    [...other].some(([name, others]) => name !== written || [...servers].some((server) => others.has(server))),
  );
}

/** Whether `buckets` says that the environment writes to it. */
const isNamed = ({ buckets }: Environment, bucket: string): boolean => Object.values(buckets).includes(bucket);

function sharing({ file, text }: Environment, other: Environment, shared: readonly string[]): Problem[] {
  const [first] = shared;
  if (first === undefined) {
    return [];
  }
  const finding = warning(
    `its servers write to a bucket of ${other.file} as well, and each may overwrite what the other writes`,
    {
      received: shared.join(", "),
      allowed: `{ "${first}": "ANOTHER-BUCKET" } in one of them, { "${first}": "${first}" } in both where they are to share it, or account in both where the accounts differ`,
    },
  );
  return [{ ...readYaml(text).locate(["buckets"], "value"), ...finding, file, path: "buckets" }];
}
