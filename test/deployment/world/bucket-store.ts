import { buffer } from "node:stream/consumers";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { ConnectorStore } from "../../../local/transfer/connector-store";

/** Lets a connector write to S3 by its API. A file lies in memory as a whole: those of tests are small. */
export function bucketStore(s3: S3Client): ConnectorStore {
  const put = (bucket: string, key: string, body: string | Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  return {
    put,
    writeStream: async (bucket, key, content, beforePlacing) => {
      const body = await buffer(content);
      await beforePlacing({ bucket, key, identity: "" });
      await put(bucket, key, body);
      return { size: body.length };
    },
    // Asked after a death of the service only.
    holds: async () => false,
  };
}
