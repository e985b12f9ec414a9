import { expect } from "chai";
import { REPORT_FILE, reportSchema } from "../../engine/report";
import type { Version } from "../../simulation/remote-tree";
import { REPORTS, TARGET } from "../engine/support/run-input";
import { missing, strays } from "./invariants/converged";
import { type ExecutionPlan, QUIET_STEP, type Step } from "./world/scenario";
import type { Sync } from "./world/syncs";
import type { World } from "./world/world";

/** Longer than any file has to settle. */
const LONG_PAUSE = 1000;

export function expectNoViolation({ watch }: World): void {
  expect(watch.violations.join("\n"), "violations").to.equal("");
}

/**
 * The faults are over: within so many runs nothing is missing, nothing is astray, and nothing is left to do.
 * @param pause seconds before each of them.
 */
export async function expectConvergence(world: World, runs: number, pause = LONG_PAUSE): Promise<void> {
  world.unstick();
  passTimesAhead(world);
  for (let run = 0; run < runs; run += 1) {
    await world.play(after(pause, ofAll(world, "scheduled")));
  }
  if (deleteLeftovers(world)) {
    await world.play(after(pause, ofAll(world, "scheduled")));
  }
  // What a schedule may miss without a ledger, a run that compares brings.
  await world.play(
    after(
      pause,
      ofAll(world, "compare", (sync) => !hasLedger(sync)),
    ),
  );
  expectNoViolation(world);
  expect(missing(world).join("\n"), "missing").to.equal("");
  expect(strays(world), "outside the prefix").to.deep.equal([]);
  await expectIdle(world);
}

/** Without a ledger, a file whose time is ahead waits until that has come. */
function passTimesAhead(world: World): void {
  const now = world.clock.now().getTime();
  const ahead = world.syncs
    .filter((sync) => !hasLedger(sync))
    .flatMap(({ root }) => world.remote.paths().filter((path) => path.startsWith(`${root}/`)))
    .map((path) => Date.parse(world.remote.file(path)?.modified ?? "") - now)
    .filter((milliseconds) => milliseconds > 0);
  if (ahead.length > 0) {
    world.change({ kind: "pass", seconds: Math.ceil(Math.max(...ahead) / 1000) });
  }
}

/**
 * What a person does whom the reports tell that S3 holds what no file is like any more.
 * @returns whether there was any.
 */
function deleteLeftovers(world: World): boolean {
  const { objects } = world;
  const reports = objects.keys(REPORTS, "runs/").filter((key) => key.endsWith(REPORT_FILE));
  const told = reports.flatMap((key) =>
    reportSchema
      .parse(JSON.parse(objects.text(REPORTS, key) ?? ""))
      .failures.filter(
        ({ path, reason }) => reason.includes("Delete the object") && world.remote.file(path) === undefined,
      )
      .map(({ path }) => path),
  );
  for (const path of new Set(told)) {
    world.deleteFromS3(path);
  }
  return told.length > 0;
}

/** Nothing has changed: nothing is sent, and the target bucket is asked nothing. */
async function expectIdle(world: World): Promise<void> {
  const { transfers, objects } = world;
  const jobs = transfers.jobs.length;
  const requests = objects.requestsTo(TARGET).length;
  const { marked } = world.watch.stored.doubtful();
  // What a file that is gone left behind is looked for until somebody has removed it.
  const isLeft = (path: string) => marked.has(path) && world.remote.file(path) === undefined;
  await world.play({ ...QUIET_STEP, executions: ofAll(world, "scheduled") });
  expectNoViolation(world);
  const looked = objects.requestsTo(TARGET).slice(requests);
  for (const sync of world.syncs) {
    const sent = transfers.jobs
      .slice(jobs)
      .filter(({ path }) => path.startsWith(`${sync.root}/`) && (hasLedger(sync) || !isLie(world.remote.file(path))));
    expect(sent.length, "files sent without need").to.equal(0);
    if (hasLedger(sync)) {
      const unneeded = looked.filter(
        ({ key }) => key.startsWith(`${world.prefix}${sync.root}/`) && !isLeft(key.slice(world.prefix.length)),
      );
      expect(unneeded.length, "requests without need").to.equal(0);
    }
  }
  expect(objects.keys(REPORTS, "locks/"), "locks").to.deep.equal([]);
}

/** Without a ledger nobody remembers that the server lists a size which never arrives. */
function isLie(version: Version | undefined): boolean {
  return version !== undefined && version.size !== undefined && version.size !== version.bytes;
}

function hasLedger({ options }: Sync): boolean {
  return options.changeDetection === "ledger";
}

function after(seconds: number, executions: readonly ExecutionPlan[]): Step {
  return { ...QUIET_STEP, executions, changes: [{ kind: "pass", seconds }] };
}

function ofAll(
  { syncs }: World,
  kind: ExecutionPlan["kind"],
  isMeant: (sync: Sync) => boolean = () => true,
): ExecutionPlan[] {
  return syncs.flatMap((sync, position) => (isMeant(sync) ? [{ kind, sync: position }] : []));
}
