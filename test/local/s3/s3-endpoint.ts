import { S3Client } from "@aws-sdk/client-s3";
import { type AwsEndpoint, startAwsEndpoint } from "../../../local/endpoint/aws-endpoint";
import { S3Store } from "../../../local/s3/s3-store";
import { tempFolder } from "../../support/temp-folder";

/** What any client of the local endpoint is given. */
export const clientSettings = ({ url, secretAccessKey }: Omit<AwsEndpoint, "close">) => ({
  endpoint: url,
  region: "us-east-1",
  credentials: { accessKeyId: "any", secretAccessKey },
});

export const BUCKET = "test-bucket";

/** A store with one bucket behind a real endpoint, and a real client. */
export async function startS3() {
  const directory = tempFolder();
  const store = await S3Store.open(directory);
  await store.ensureBucket(BUCKET);
  const endpoint = await startAwsEndpoint({ s3: store, services: {} });
  const client = new S3Client(clientSettings(endpoint));
  return {
    directory,
    store,
    client,
    endpoint,
    close: async () => {
      client.destroy();
      await endpoint.close();
    },
  };
}

export type LocalS3 = Awaited<ReturnType<typeof startS3>>;
