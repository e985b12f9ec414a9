import { expect } from "chai";
import { injectFaults } from "../../local/faults/faults";
import { faultsSchema } from "../../local/faults/faults-schema";
import { openDataDirectory } from "../../local/runner/data-directory";
import { deployDefinition } from "../../local/runner/deploy-definition";
import { LocalCloud } from "../../local/runner/local-cloud";
import { type RunResult, readRunResult } from "../../local/runner/run-result";
import { startInput } from "../../local/runner/start-event";
import { S3Store } from "../../local/s3/s3-store";
import { REMOTE_SERVERS, type RemoteServer } from "../end-to-end/remote-servers";
import { BUCKET, FUNCTIONS_DIR, localTestSettings, World } from "../end-to-end/world";

const NO_CALLS = {
  StartDirectoryListing: 0,
  StartFileTransfer: 0,
  ListFileTransferResults: 0,
  TargetBucketRequests: 0,
};

/** One account, in which a sync can be started while it runs. */
async function account(world: World, onState: (state: string) => void) {
  const definition = await world.definition();
  const directory = await openDataDirectory(world.data);
  const deployment = await deployDefinition({
    definition,
    settings: localTestSettings(),
    functionsDir: FUNCTIONS_DIR,
    outdir: directory.stacks,
  });
  const store = await S3Store.open(directory.root);
  await store.ensureBucket(deployment.listResultsBucket);
  await store.ensureBucket(BUCKET);
  const cloud = await LocalCloud.start({
    deployment,
    store,
    directory,
    credentials: world.remote.credentials,
    maxConcurrentConnections: definition.maxConcurrentConnections,
    interception: injectFaults(faultsSchema.parse({ DelayListing: [{ Folder: "/in/slow", Seconds: 4 }] })),
    onTransferEvent: () => undefined,
    onMessage: () => undefined,
    onState,
  });
  const [sync] = definition.syncs;
  if (sync === undefined) {
    throw new Error("the definition has no sync");
  }
  const start = async (run: string): Promise<RunResult> => {
    const input = startInput(deployment, sync, { fromTimestamp: undefined, dryRun: false }, new Date());
    const execution = await cloud.run(run, input);
    const ended = { server: "partner", sync: "in", run, dryRun: false, seconds: 0, execution, calls: NO_CALLS };
    return readRunResult(store, deployment.listResultsBucket, { ...ended, logFolder: directory.logs });
  };
  return { start, close: () => cloud.close() };
}

describe("two starts of one sync", () => {
  let remote: RemoteServer | undefined;
  let world: World | undefined;

  afterEach(async () => {
    await world?.close();
    await remote?.close();
  });

  it("one works, the other ends as SKIPPED, names the first, and changes nothing", async () => {
    remote = await REMOTE_SERVERS[0]?.start();
    if (remote === undefined) {
      throw new Error("there is no SFTP server to start");
    }
    world = await World.create(remote);
    await world.put("in/slow/a.csv", "alpha");
    let works = () => {};
    const atWork = new Promise<void>((resolve) => {
      works = resolve;
    });
    const { start, close } = await account(world, (state) => state === "GetListStatus" && works());
    try {
      const first = start("first");
      await atWork;
      const second = await start("second");
      expect(second).to.deep.include({ status: "SKIPPED", failures: [] });
      expect(second.files).to.include({ seen: 0, transferred: 0 });
      expect(second.warnings.join()).to.match(/:first is at work/);
      expect((await first).files).to.include({ seen: 1, transferred: 1 });
      expect((await start("third")).files.skipped).to.deep.equal({ unchanged: 1 });
    } finally {
      await close();
    }
  });
});
