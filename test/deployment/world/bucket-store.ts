import { buffer } from "node:stream/consumers";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { ConnectorStore } from "../../../local/transfer/connector-store";

/** Lets a connector write to S3 by its API. A file lies in memory as a whole: those of tests are small. */
export function bucketStore(s3: S3Client): ConnectorStore {
  const put = (bucket: string, key: string, body: string | Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  return {
    put,
    writeStream: async (bucket, key, content) => {
      const body = await buffer(content);
      await put(bucket, key, body);
      return { size: body.length };
    },
  };
}
