/** The main module of a process that decides one folder again and again, and prints what that took as {@link Decided}. */
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { engineSettingsSchema } from "../../contract/engine-settings";
import { FolderDecisions } from "../../engine/decisions/decide-folder";
import { ledgerKey } from "../../engine/ledger/ledgers";
import { ledgersOfRun } from "../../engine/ledger/ledgers-of-run";
import { logger } from "../../engine/logger";
import type { Services } from "../../engine/ports/services";
import { systemClock } from "../../engine/ports/system-clock";
import { parseRunContext } from "../../engine/run-context";
import { newRoot } from "../../engine/work/root";
import { Work } from "../../engine/work/work";
import { type Decided, type DecideJob, LISTING_KEY, runInput } from "./job";
import { StoredFolder } from "./stored-folder";

logger.setLogLevel("SILENT");

/** Decides the folder as the first slice does that comes upon it. */
async function decide({ listingFile, ledgerFile }: DecideJob) {
  const context = parseRunContext(runInput);
  const { Folder } = context.sync.RemoteFolders;
  const objects = new StoredFolder(
    new Map([
      [LISTING_KEY, listingFile],
      [ledgerKey(context.ledgerPrefix, Folder), ledgerFile],
    ]),
  );
  const unused = () => Promise.reject(new Error("Deciding asks for nothing but objects"));
  const services: Services = {
    objects,
    clock: systemClock,
    connector: { startListing: unused, startTransfer: unused, results: unused, describe: unused },
    secrets: { hasValue: unused },
    executions: { isRunning: unused, start: unused },
  };
  const { startedAt } = context;
  const deadline = new Date(Date.now() + 3_600_000);
  const root = newRoot({ folder: Folder, windowStart: undefined, startedAt, deadline, transfers: [] });
  const work = Work.begin(objects, context, root);
  await work.commit();
  work.folders.append([{ folder: Folder, depth: 0, listing: LISTING_KEY, startedAt: startedAt.toISOString() }]);
  objects.requests.clear();
  const env = {
    ...{ serverName: context.server, secretArn: "", maxConcurrentConnections: 5, metricsNamespace: "" },
    ...engineSettingsSchema.parse({}),
  };
  const slice = { context, env, services, until: deadline };
  await new FolderDecisions(slice, work, ledgersOfRun(slice, work)).next();
  const { seen, skipped } = work.root.counters;
  return {
    requests: Object.fromEntries(objects.requests),
    unchanged: skipped.unchanged ?? 0,
    transfers: seen - Object.values(skipped).reduce((sum, count) => sum + count, 0),
  };
}

/** What no reader of these texts can do without. */
async function parse({ listingFile, ledgerFile }: DecideJob) {
  for (const file of [listingFile, ledgerFile]) {
    JSON.parse(readFileSync(file, "utf8"));
  }
  return { requests: {}, unchanged: 0, transfers: 0 };
}

async function timed<T>(work: () => Promise<T>) {
  // What was left behind before is not this one's.
  globalThis.gc?.();
  await setImmediate();
  const cpu = process.cpuUsage();
  const wall = performance.now();
  const value = await work();
  const wallSeconds = (performance.now() - wall) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { value, wallSeconds, cpuSeconds: (user + system) / 1e6 };
}

const peakBytes = () => process.resourceUsage().maxRSS * 1024;

async function main(job: DecideJob): Promise<Decided> {
  const work = job.what === "decide" ? decide : parse;
  const before = peakBytes();
  const { value, ...first } = await timed(() => work(job));
  const firstPeak = peakBytes() - before;
  const warm = [];
  for (let time = 0; time < job.times; time += 1) {
    const { wallSeconds, cpuSeconds } = await timed(() => work(job));
    warm.push({ wallSeconds, cpuSeconds });
  }
  return { ...value, first: { ...first, peakBytes: firstPeak }, warm };
}

const [job = ""] = process.argv.slice(2);
main(JSON.parse(job)).then(
  (decided) => console.log(JSON.stringify(decided)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
