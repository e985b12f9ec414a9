import { basename, join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { FUNCTIONS_DIR, synthesize, TARGET_BUCKET } from "../../bench/simulation/deployment";
import { systemClock } from "../../engine/ports/system-clock";
import { parseRunContext } from "../../engine/run-context";
import { newRoot } from "../../engine/work/root";
import { Work } from "../../engine/work/work";
import { objectStore } from "../../functions/aws/object-store";
import { startAwsEndpoint } from "../../local/endpoint/aws-endpoint";
import type { JsonService } from "../../local/endpoint/json-service";
import { moduleOf } from "../../local/lambda/function-config";
import { LambdaService } from "../../local/lambda/lambda-service";
import { startInput } from "../../local/runner/start-event";
import { S3Store } from "../../local/s3/s3-store";
import { createSecretsService } from "../../local/secrets-manager/secrets";
import { clientSettings } from "../local/s3/s3-endpoint";
import { tempFolder } from "../support/temp-folder";

/**
 * Of a function's memory, what its heap gets here. Node.js itself, code and buffers need their part, and what grows with the
 * tree is to be noticed long before it is too much.
 */
const SHARE_OF_MEMORY = 1 / 4;

const transferSchema = z.object({ RetrieveFilePaths: z.array(z.string()), LocalDirectoryPath: z.string() });

/** Every file arrives at once, with one byte. */
function instantConnector(store: S3Store): JsonService {
  const transfers: string[][] = [];
  let listings = 0;
  return {
    StartDirectoryListing() {
      listings += 1;
      return { ListingId: String(listings), OutputFileName: `c-${listings}.json` };
    },
    async StartFileTransfer(input) {
      const { RetrieveFilePaths: paths, LocalDirectoryPath: directory } = transferSchema.parse(input);
      const folder = directory.slice(`/${TARGET_BUCKET}/`.length);
      await Promise.all(paths.map((path) => store.put(TARGET_BUCKET, `${folder}/${basename(path)}`, "x")));
      transfers.push(paths);
      return { TransferId: String(transfers.length - 1) };
    },
    ListFileTransferResults(input) {
      const { TransferId } = z.object({ TransferId: z.coerce.number() }).parse(input);
      return {
        FileTransferResults: transfers[TransferId]?.map((FilePath) => ({ FilePath, StatusCode: "COMPLETED" })) ?? [],
      };
    },
    DescribeConnector: () => ({ Connector: { SftpConfig: { MaxConcurrentConnections: 5 } } }),
  };
}

/** The deployed zips in sandboxes with less heap than their memory, and a run whose work state a test can write. */
export async function realFunctions() {
  const { definition, deployment } = await synthesize({ settings: { connectorLimits: { listingsPerSecond: 1000 } } });
  const folder = tempFolder();
  const store = await S3Store.open(join(folder, "data"));
  await store.ensureBucket(TARGET_BUCKET);
  await store.ensureBucket(deployment.listResultsBucket);
  const endpoint = await startAwsEndpoint({
    s3: store,
    services: {
      TransferService: instantConnector(store),
      secretsmanager: createSecretsService(deployment.secrets.map((secret) => ({ ...secret, hasValue: true }))),
    },
  });
  const lambda = new LambdaService({
    functions: deployment.functions.map((deployed) => ({
      ...deployed,
      zipPath: join(FUNCTIONS_DIR, basename(deployed.zipPath)),
      memoryMegabytes: deployed.memoryMegabytes * SHARE_OF_MEMORY,
    })),
    platform: { region: deployment.account.region, endpoint },
    codeFolder: join(folder, "code"),
    logFolder: join(folder, "logs"),
  });
  const [sync] = definition.syncs;
  if (sync === undefined) {
    throw new Error("the definition has no sync");
  }
  const now = new Date();
  const input = {
    Event: startInput(deployment, sync, { fromTimestamp: undefined, dryRun: false }, now),
    Execution: { Id: `${deployment.stateMachine.arn}:run`, Name: "run", StartTime: now.toISOString() },
    StateMachine: { Id: deployment.stateMachine.arn },
  };
  const context = parseRunContext(input);
  const client = new S3Client(clientSettings(endpoint));
  const objects = objectStore(client, systemClock);
  const deadline = new Date(now.getTime() + 3_600_000);
  const root = newRoot({
    folder: sync.setting.RemoteFolders.Folder,
    windowStart: undefined,
    startedAt: now,
    deadline,
    transfers: [],
  });
  const lock = { run: context.run, executionArn: context.executionArn, released: false };
  await objects.write(context.bucket, context.lockKey, JSON.stringify(lock));
  return {
    context,
    objects,
    /** Not committed yet. */
    begun: Work.begin(objects, context, root),
    load: async () => {
      const work = await Work.load(objects, context);
      if (work === undefined) {
        throw new Error("the run has no work state");
      }
      return work;
    },
    /** @param module of the function. @throws FunctionFailed `Runtime.OutOfMemory` */
    invoke: (module: string, more: object = {}) => {
      const arn = deployment.functions.find((config) => moduleOf(config) === module)?.arn ?? module;
      return lambda.invoke(arn, { ...input, ...more });
    },
    close: async () => {
      await lambda.close();
      client.destroy();
      await endpoint.close();
    },
  };
}

export type RealFunctions = Awaited<ReturnType<typeof realFunctions>>;
