import { onOneLine } from "../../config/problems/received";
import { placesAllowedTo, type TargetBuckets } from "../../config/settings/target-buckets";
import { withoutCiCommands } from "../../contract/ci-commands";
import type { ServerDefinition } from "../../contract/model";

export interface ServerTargets {
  readonly server: string;
  /** Where its syncs write, as `s3://BUCKET/PREFIX/`; each place once. */
  readonly writes: readonly string[];
  /** As the settings have it: `BUCKET` or `BUCKET/PREFIX`. */
  readonly allowed: readonly string[];
}

/** Where valid definitions write to. @returns `undefined` where the settings allow every bucket. */
export function targetsOf(
  definitions: readonly ServerDefinition[],
  rules: TargetBuckets | undefined,
): readonly ServerTargets[] | undefined {
  return rules && definitions.map((definition) => serverTargets(definition, rules));
}

function serverTargets({ name, syncs }: ServerDefinition, rules: TargetBuckets): ServerTargets {
  const places = syncs.map(({ setting: { LocalRepository } }) => {
    const { BucketName, Prefix } = LocalRepository;
    return Prefix === "" ? `s3://${BucketName}/` : `s3://${BucketName}/${Prefix}/`;
  });
  return { server: name, writes: [...new Set(places)].sort(), allowed: placesAllowedTo(name, rules) ?? [] };
}

/** One line for each server, in which nothing is invisible, turns the direction of writing, or is a command to CI. */
export function targetsText(targets: readonly ServerTargets[]): string {
  const lines = targets.map(
    ({ server, writes, allowed }) =>
      `${server} writes to ${writes.join(", ")} (targetBuckets allows ${allowed.join(", ")})`,
  );
  return withoutCiCommands(lines.map((line) => onOneLine(line)).join("\n"));
}
