import { S3Client } from "@aws-sdk/client-s3";
import { RETRYING } from "../shared/aws/client-options";
import { objectStore } from "../shared/aws/object-store";
import { type RecorderEnv, readRecorderEnv } from "../shared/env";
import { logger } from "../shared/logger";
import type { ObjectStore } from "../shared/services";
import { failureMarker } from "./marker";

let recorder: { readonly env: RecorderEnv; readonly objects: ObjectStore } | undefined;

/** Target of the rule on failed directory listings. Repeating it writes the same object again. */
export async function handler(event: unknown): Promise<void> {
  recorder ??= { env: readRecorderEnv(process.env), objects: objectStore(new S3Client(RETRYING)) };
  const { env, objects } = recorder;
  const marker = failureMarker(event, env.listResultsBucket);
  if (marker === undefined) {
    logger.info("not a listing of ours", { event });
    return;
  }
  await objects.write(env.listResultsBucket, marker.key, JSON.stringify(marker.content));
  logger.info("listing failed", { ...marker });
}
