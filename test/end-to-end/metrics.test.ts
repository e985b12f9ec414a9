import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { injectFaults } from "../../local/faults/faults";
import { faultsSchema } from "../../local/faults/faults-schema";
import type { RunResult } from "../../local/runner/run-result";
import { EMBEDDED, type RemoteServer } from "./remote-servers";
import { type RunOptions, type SyncOptions, World } from "./world";

/** A line in CloudWatch's embedded metric format, with nothing beside what is counted and by what. */
const emfSchema = z.strictObject({
  _aws: z.strictObject({
    Timestamp: z.int(),
    CloudWatchMetrics: z.tuple([
      z.strictObject({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.strictObject({ Name: z.string(), Unit: z.enum(["Count", "Bytes"]) })),
      }),
    ]),
  }),
  correlation_id: z.string(),
  Server: z.string(),
  Sync: z.string(),
  RunsSucceeded: z.number(),
  RunsFailed: z.number(),
  FilesTransferred: z.number(),
  FilesFailed: z.number(),
  BytesTransferred: z.number(),
});

/** The lines of metrics in the log of the deployed function, as CloudWatch Logs would find them. */
async function metricLines({ logFolder }: RunResult) {
  const log = await readFile(join(logFolder, "sftp-sync-partner-finish-run.log"), "utf8");
  return log
    .split("\n")
    .filter((line) => line.includes('"_aws"'))
    .map((line) => emfSchema.parse(JSON.parse(line)));
}

describe("the metrics of a run, from the function's zip", function () {
  this.timeout(60_000);
  let remote: RemoteServer;
  let world: World;

  before(async () => {
    remote = await EMBEDDED.start();
  });
  after(() => remote?.close());
  beforeEach(async () => {
    world = await World.create(remote);
    await world.put("in/a.csv", "alpha");
    await world.put("in/b.csv", "beta");
  });
  afterEach(() => world.close());

  const run = async (options: SyncOptions = {}, more: RunOptions = {}) => {
    const result = await world.run(options, more);
    return { result, lines: await metricLines(result) };
  };

  it("are one line of a run that succeeded, with the dimensions Server and Sync only", async () => {
    const { result, lines } = await run();
    expect(result.status).to.equal("SUCCEEDED");
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.include({
      Server: "partner",
      Sync: "in",
      RunsSucceeded: 1,
      RunsFailed: 0,
      FilesTransferred: 2,
      FilesFailed: 0,
      BytesTransferred: 9,
    });
    expect(lines[0]?._aws.CloudWatchMetrics).to.deep.equal([
      {
        Namespace: "sftp-sync",
        Dimensions: [["Server", "Sync"]],
        Metrics: [
          { Name: "RunsSucceeded", Unit: "Count" },
          { Name: "RunsFailed", Unit: "Count" },
          { Name: "FilesTransferred", Unit: "Count" },
          { Name: "FilesFailed", Unit: "Count" },
          { Name: "BytesTransferred", Unit: "Bytes" },
        ],
      },
    ]);
    expect(lines[0]?.correlation_id).to.match(/:execution:sftp-sync-partner:/);
  });

  it("are one line of a run that failed, with what was transferred all the same", async () => {
    const faults = faultsSchema.parse({ FailFile: [{ File: "/in/b.csv", Message: "Permission denied" }] });
    const { result, lines } = await run({}, { interception: injectFaults(faults) });
    expect(result.error?.name).to.equal("TransferIncomplete");
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.include({ RunsSucceeded: 0, RunsFailed: 1, FilesTransferred: 1, FilesFailed: 1 });
  });

  it("are none of a dry run", async () => {
    const { result, lines } = await run({}, { dryRun: true });
    expect(result.status).to.equal("SUCCEEDED");
    expect(lines).to.deep.equal([]);
  });
});
