import { S3Client } from "@aws-sdk/client-s3";
import { type RecorderEnv, readRecorderEnv } from "../../../engine/env";
import { listingMarker } from "../../../engine/listing/listing-marker";
import { logger } from "../../../engine/logger";
import type { ObjectStore } from "../../../engine/ports/services";
import { systemClock } from "../../../engine/ports/system-clock";
import { RETRYING } from "../../aws/client-options";
import { objectStore } from "../../aws/object-store";

let recorder: { readonly env: RecorderEnv; readonly objects: ObjectStore } | undefined;

/** Target of the rule on directory listings that may have no output. Repeating it writes the same object again. */
export async function handler(event: unknown): Promise<void> {
  recorder ??= { env: readRecorderEnv(process.env), objects: objectStore(new S3Client(RETRYING), systemClock) };
  const { env, objects } = recorder;
  const marker = listingMarker(event, env.listResultsBucket);
  if (marker === undefined) {
    logger.info("not a listing of ours, or one with an output", { event });
    return;
  }
  await objects.write(env.listResultsBucket, marker.key, marker.text);
  logger.info("listing without an output", { ...marker });
}
