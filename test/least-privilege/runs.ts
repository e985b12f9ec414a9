import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { LOCAL_ACCOUNT, LOCAL_REGION } from "../../local/deployment/account";
import { injectFaults } from "../../local/faults/faults";
import { faultsSchema } from "../../local/faults/faults-schema";
import type { InstalledRunOptions } from "../../local/installation";
import { Interrupted } from "../../local/runner/interrupted";
import type { RunResult } from "../../local/runner/run-result";
import { localTestSettings, syncOf, type World } from "../end-to-end/world";
import { invokeAsApply } from "./apply";
import type { Call } from "./calls";
import { type DeployedAccess, readDeployedAccess } from "./deployed-access";
import { Recorder } from "./recorder";
import { Stage } from "./stage";

/** A target bucket with a key of its own, and the prefix there that belongs to the syncs. */
export const LAKE = "lake";
export const LAKE_KEY = `arn:aws:kms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:key/00000000-0000-4000-8000-00000000000a`;
const LANDING = "landing";

/** More names than are looked for one by one: beyond that their range is listed. */
const MANY = 12;

export interface Recorded {
  /** How the runs ended, by their names. */
  readonly results: ReadonlyMap<string, RunResult>;
  /** What all of them took. */
  readonly calls: readonly Call[];
  /** The policies under which they would have been made. */
  readonly access: DeployedAccess;
}

type Start = (run: string, sync: string, options?: InstalledRunOptions) => Promise<void>;

/** Applies one server's stack as far as that takes calls of ours, and makes runs of every kind. */
export async function recordRuns(world: World): Promise<Recorded> {
  await fill(world);
  const definition = await world.definition({ server: { SyncSettings: syncSettings(world) } });
  const recorder = new Recorder();
  const stage = new Stage();
  const results = new Map<string, RunResult>();
  const interception = recorder.around(stage.around(injectFaults(faultsSchema.parse({}))));
  const inAccount = async (roundsPerExecution: number, work: (start: Start) => Promise<void>) => {
    const installation = await world.install(definition, {
      settings: { ...localTestSettings(), roundsPerExecution },
      interception,
      observer: {
        entered: (state) => {
          recorder.entered(state);
          stage.entered(state);
        },
        notified: (message) => recorder.notified(message),
      },
    });
    try {
      await work(async (run, sync, options = {}) => {
        if (options.fromTimestamp === undefined) {
          recorder.startedBySchedule();
        }
        results.set(run, await installation.run(syncOf(definition, sync), { ...options, run }));
      });
      return installation.props;
    } finally {
      stage.releaseListings();
      await installation.close();
    }
  };
  await inAccount(190, async (start) => {
    await runsInTurn(world, start);
    await runsAtOnce(stage, start);
  });
  const { deployment, directory } = await inAccount(1, (start) => start("takes-over-and-hands-over", "orders"));
  await invokeAsApply(deployment, interception, join(world.folder, "apply"));
  const access = await readDeployedAccess(directory.stacks, definition.name);
  const keys = new Map([...access.keys, [LAKE, LAKE_KEY]]);
  return { results, calls: recorder.calls({ deployment, access, keys }), access };
}

async function fill(world: World): Promise<void> {
  for (const name of ["a.csv", "b.csv", "sub/c.csv"]) {
    await world.put(`in/orders/${name}`, name);
  }
  for (const folder of ["orders/many", "prices"]) {
    for (let index = 0; index < MANY; index += 1) {
      await world.put(`in/${folder}/${index}.dat`, String(index));
    }
  }
}

/** Two syncs of either kind, and one that finds nothing. */
function syncSettings({ remote }: World) {
  const remoteFolders = (name: string) => ({ Folder: `${remote.base}/in/${name}`, Recursive: true });
  const lake = { BucketName: LAKE, Prefix: LANDING, KmsKeyArn: LAKE_KEY };
  return [
    { Name: "orders", LocalRepository: lake, RemoteFolders: remoteFolders("orders") },
    { Name: "missing", LocalRepository: lake, RemoteFolders: remoteFolders("missing") },
    {
      Name: "prices",
      LocalRepository: { BucketName: "archive", Prefix: "" },
      RemoteFolders: remoteFolders("prices"),
      ChangeDetection: "modified-time",
    },
  ];
}

async function runsInTurn(world: World, start: Start): Promise<void> {
  await start("first", "orders");
  await world.put("in/orders/a.csv", "a.csv, changed", new Date());
  await start("dry", "orders", { dryRun: true });
  await start("incremental", "orders");
  await rm(join(world.data, LAKE, LANDING, world.remote.base, "in/orders/b.csv"));
  await start("on-demand", "orders", { fromTimestamp: 0 });
  await start("missing-folder", "missing");
  await start("first-by-time", "prices");
  await world.put("in/prices/new.csv", "new", new Date());
  await start("by-time", "prices");
}

async function runsAtOnce(stage: Stage, start: Start): Promise<void> {
  stage.holdListings();
  const atWork = stage.next("GetListStatus");
  const first = start("held-up", "orders");
  await atWork;
  const skipped = stage.next("RunSucceeded");
  const second = start("too-many", "orders");
  await skipped;
  stage.releaseListings();
  await Promise.all([first, second]);

  stage.holdListings();
  const aborted = new AbortController();
  const underWay = stage.next("GetListStatus");
  const abandoned = start("abandoned", "orders", { signal: aborted.signal });
  await underWay;
  aborted.abort();
  expect(await abandoned.catch((error: unknown) => error)).to.be.instanceOf(Interrupted);
}
