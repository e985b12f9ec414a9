import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { TransferClient } from "@aws-sdk/client-transfer";

/** The Region to which everything is deployed. */
export const REGION = "eu-central-1";

/** What any client is given. The access key tells the account who calls. */
const clientSettings = (endpoint: string, caller: string) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: caller, secretAccessKey: "emulated" },
});

/** One client for each service, all in the name of one caller. */
export function clientsOf(endpoint: string, caller: string) {
  const settings = clientSettings(endpoint, caller);
  return {
    events: new EventBridgeClient(settings),
    lambda: new LambdaClient(settings),
    s3: new S3Client(settings),
    scheduler: new SchedulerClient(settings),
    secrets: new SecretsManagerClient(settings),
    states: new SFNClient(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
    ssm: new SSMClient(settings),
    transfer: new TransferClient(settings),
  };
}

export type Clients = ReturnType<typeof clientsOf>;

export function destroyClients(clients: Clients): void {
  for (const client of Object.values(clients)) {
    client.destroy();
  }
}
