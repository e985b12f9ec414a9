import { error, type Problem } from "../../problems/problem";
import { placesAllowedTo, refusedPart, type TargetBuckets } from "../../settings/target-buckets";
import { type DefinitionFile, placeInFile } from "../definition-file";
import type { SyncFields } from "../form/definition-schema";

/** Whoever writes a definition names a bucket; whether that is theirs to write to, the installation's settings say. */
export function targetsAreAllowed(files: readonly DefinitionFile[], rules: TargetBuckets | undefined): Problem[] {
  return files.flatMap((file) => {
    const server = file.fields?.Name.value;
    const places = server === undefined ? undefined : placesAllowedTo(server, rules);
    return (file.fields?.SyncSettings.items ?? []).flatMap(({ fields }) =>
      fields === undefined || places === undefined ? [] : ofSync(file, fields, places),
    );
  });
}

function ofSync(file: DefinitionFile, { LocalRepository }: SyncFields, places: readonly string[]): Problem[] {
  const BucketName = LocalRepository.fields?.BucketName.value;
  const Prefix = LocalRepository.fields?.Prefix.value;
  if (BucketName === undefined || Prefix === undefined) {
    // A field that is wrong has a problem of its own.
    return [];
  }
  const part = refusedPart(places, { BucketName, Prefix });
  if (part === undefined) {
    return [];
  }
  const finding = error(`targetBuckets in cdktf.json does not let ${file.fields?.Name.value} write there`, {
    received: `s3://${[BucketName, ...(Prefix === "" ? [] : [Prefix])].join("/")}/`,
    allowed: places.length === 0 ? "no bucket at all, for a server of this name" : places.join(", "),
  });
  return [placeInFile({ path: [...LocalRepository.path, part], part: "value", finding }, file)];
}
