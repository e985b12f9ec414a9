import { S3Store } from "../../../local/s3/s3-store";
import type { ConnectorStore } from "../../../local/transfer/connector-store";
import { BUCKET } from "../s3/s3-endpoint";
import { startTransfer } from "./local-transfer";

/** When the process kills itself: a file's object is complete and about to appear, or has just appeared. */
export type Moment = "before" | "after";

interface Setup {
  readonly moment: Moment;
  readonly directory: string;
  readonly stateDir: string;
  readonly url: string;
  readonly trustedHostKeys: readonly string[];
}

const die = () => process.kill(process.pid, "SIGKILL");

/** Transfers `/file` until it dies; says the transfer's id on stdout before. */
async function transfer({ moment, directory, stateDir, url, trustedHostKeys }: Setup): Promise<void> {
  const store = await S3Store.open(directory);
  await store.ensureBucket(BUCKET);
  const mortal: ConnectorStore = {
    put: (bucket, key, body) => store.put(bucket, key, body),
    holds: (object) => store.holds(object),
    writeStream: async (bucket, key, content, beforePlacing) => {
      await store.writeStream(bucket, key, content, async (object) => {
        await beforePlacing(object);
        if (moment === "before") {
          die();
        }
      });
      die();
      return { size: 0 };
    },
  };
  const service = await startTransfer({
    connector: { url, trustedHostKeys },
    credentials: { username: "partner", password: "secret" },
    stateDir,
    store,
    connectorStore: mortal,
  });
  const { TransferId } = await service.startRetrieval(["/file"]);
  process.stdout.write(`${TransferId}\n`);
}

void transfer(JSON.parse(process.argv[2] ?? ""));
