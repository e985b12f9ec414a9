import { error, type Problem } from "../../problems/problem";
import { type DefinitionFile, placeInFile } from "../definition-file";

/**
 * Whoever writes into a bucket of states decides what Terraform takes for deployed, and which code it runs for that: no sync may.
 * @param buckets of all environments.
 */
export function stateBucketsAreSpared(files: readonly DefinitionFile[], buckets: readonly string[]): Problem[] {
  return files.flatMap((file) =>
    (file.fields?.SyncSettings.items ?? []).flatMap(({ fields }) => {
      const bucket = fields?.LocalRepository.fields?.BucketName;
      if (fields === undefined || bucket?.value === undefined || !buckets.includes(bucket.value)) {
        return [];
      }
      const finding = error("is a bucket of Terraform's states (s3Backend)", {
        received: bucket.value,
        allowed: "a bucket for the files alone",
      });
      return [placeInFile({ path: bucket.path, part: "value", finding }, file)];
    }),
  );
}
