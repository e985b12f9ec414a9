import { CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { type Clients, REGION } from "./clients";
import { BUCKET } from "./definitions";

/** Definitions name existing buckets. */
export async function createTargetBucket({ s3 }: Clients): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }));
}

/** The content of an object in the target bucket. */
export async function targetObject({ s3 }: Clients, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  return (await Body?.transformToString()) ?? "";
}

export async function targetKeys({ s3 }: Clients, prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
  return Contents.flatMap(({ Key }) => Key ?? []);
}

export async function removeTargetObject({ s3 }: Clients, key: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key }));
}
