import { S3Client } from "@aws-sdk/client-s3";
import { type RecorderEnv, readRecorderEnv } from "../../engine/env";
import { failureMarker } from "../../engine/listing/failure-marker";
import { logger } from "../../engine/logger";
import type { ObjectStore } from "../../engine/ports/services";
import { systemClock } from "../../engine/ports/system-clock";
import { RETRYING } from "../aws/client-options";
import { objectStore } from "../aws/object-store";

let recorder: { readonly env: RecorderEnv; readonly objects: ObjectStore } | undefined;

/** Target of the rule on failed directory listings. Repeating it writes the same object again. */
export async function handler(event: unknown): Promise<void> {
  recorder ??= { env: readRecorderEnv(process.env), objects: objectStore(new S3Client(RETRYING), systemClock) };
  const { env, objects } = recorder;
  const marker = failureMarker(event, env.listResultsBucket);
  if (marker === undefined) {
    logger.info("not a listing of ours", { event });
    return;
  }
  await objects.write(env.listResultsBucket, marker.key, JSON.stringify(marker.content));
  logger.info("listing failed", { ...marker });
}
