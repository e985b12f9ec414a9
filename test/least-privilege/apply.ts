import { join } from "node:path";
import type { Deployment } from "../../local/deployment/deployment";
import { startAwsEndpoint } from "../../local/endpoint/aws-endpoint";
import { LambdaService } from "../../local/lambda/lambda-service";
import type { Interception } from "../../local/runner/interception";
import { S3Store } from "../../local/s3/s3-store";
import { TransferService } from "../../local/transfer/transfer-service";

/** What an apply invokes: the function that sets the concurrency of a connector just created. Gives its answer. */
export async function invokeAsApply(
  { connector, concurrency, functions, account }: Deployment,
  { requests }: Interception,
  folder: string,
): Promise<unknown> {
  const store = await S3Store.open(join(folder, "s3"));
  const transfer = await TransferService.open({
    connectors: [connector],
    store,
    credentials: undefined,
    stateDir: join(folder, "transfers"),
  });
  const endpoint = await startAwsEndpoint({
    s3: store,
    services: { TransferService: transfer.operations },
    around: requests({ functions, crash: async () => undefined }),
  });
  const lambda = new LambdaService({
    functions,
    platform: { region: account.region, endpoint },
    codeFolder: join(folder, "code"),
    logFolder: join(folder, "logs"),
  });
  try {
    return await lambda.invoke(concurrency.functionName, concurrency.event);
  } finally {
    await lambda.close();
    await transfer.close();
    await endpoint.close();
  }
}
