import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { TransferClient } from "@aws-sdk/client-transfer";
import type { Services } from "../../engine/ports/services";
import { systemClock } from "../../engine/ports/system-clock";
import { ONCE, RETRYING } from "./client-options";
import { connectorService } from "./connector-service";
import { executionService } from "./execution-service";
import { objectStore } from "./object-store";
import { secretService } from "./secret-service";

/** The real services, with clients from the Lambda's environment. */
export function awsServices(): Services {
  return {
    objects: objectStore(new S3Client(RETRYING), systemClock),
    connector: connectorService(new TransferClient(ONCE), new TransferClient(RETRYING)),
    secrets: secretService(new SecretsManagerClient(RETRYING)),
    executions: executionService(new SFNClient(RETRYING)),
    clock: systemClock,
  };
}
