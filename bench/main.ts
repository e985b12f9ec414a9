import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import Table from "cli-table3";
import { Command, InvalidArgumentError, Option } from "commander";
import { formatBytes } from "../scripts/commands/figures";
import { benchColdStart } from "./cold-start";
import { benchDeciding } from "./deciding/deciding";
import { DECIDING_GOALS, isMet, operations } from "./deciding/goals";
import { LOCAL_CASES, type LocalCaseName } from "./local/cases";
import { benchLocal } from "./local/local";
import type { Median } from "./processes/alternate";
import { benchStartUp } from "./start-up";
import { benchSynthesis } from "./synthesis";

const ROOT = join(__dirname, "..");
const NAMES = ["start-up", "synthesis", "cold-start", "deciding", "local"] as const;
const CASES = Object.keys(LOCAL_CASES).filter((name): name is LocalCaseName => name in LOCAL_CASES);

interface Options {
  readonly rounds: number;
  readonly servers: readonly number[];
  readonly entries: readonly number[];
  readonly case?: LocalCaseName;
  readonly scale: number;
  readonly against?: string;
  readonly json?: boolean;
}

const program = new Command("bench")
  .description(
    "Measures commands as people call them, in turn with what they are compared with. Medians of all rounds.",
  )
  .argument("[name]", `one of ${NAMES.join(", ")}; all without it`, (name: string) => {
    if (!NAMES.some((known) => known === name)) {
      throw new InvalidArgumentError(`Allowed: ${NAMES.join(", ")}.`);
    }
    return name;
  })
  .addOption(new Option("--rounds <number>", "how often each is measured").default(5).argParser(positive))
  .addOption(
    new Option("--servers <numbers>", "how many servers a synthesis has, with commas between")
      .default([1, 20, 200], "1,20,200")
      .argParser((text) => text.split(",").map(positive)),
  )
  .addOption(
    new Option("--entries <numbers>", "how many entries a listing has that is decided, with commas between")
      .default([10_000, 200_000], "10000,200000")
      .argParser((text) => text.split(",").map(positive)),
  )
  .addOption(new Option("--case <name>", "only this case of local").choices(CASES))
  .addOption(
    new Option("--scale <part>", "so much of each case of local, such as 0.1").default(1).argParser((text) => {
      if (!(Number(text) > 0 && Number(text) <= 1)) {
        throw new InvalidArgumentError("Allowed: a number above 0, up to 1.");
      }
      return Number(text);
    }),
  )
  .option("--against <checkout>", "another checkout of this project, with packages installed, to measure beside")
  .option("--json", "print the figures as one JSON document")
  .addHelpText("after", "\nExample:\n  npm run --silent bench -- synthesis --servers 1,200 --rounds 3")
  .action(bench);

function positive(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) {
    throw new InvalidArgumentError("Allowed: a whole number from 1.");
  }
  return Number(text);
}

async function bench(only: string | undefined, options: Options): Promise<void> {
  const { rounds, servers, entries, against, json = false } = options;
  const checkouts = { "this build": ROOT, ...(against && { [against]: resolve(against) }) };
  const figures: Record<string, unknown[]> = {};
  const print = json ? undefined : console.log;
  if (only === undefined || only === "start-up") {
    const all = await collect(benchStartUp({ rounds, checkouts }));
    figures["start-up"] = all;
    print?.(
      table(
        ["Start-up", "", "Of Node.js"],
        all.map((one) => [[one.what, one.name, `${one.ofNodeAlone.toFixed(1)} x`], one]),
      ),
    );
  }
  if (only === undefined || only === "synthesis") {
    const all = await collect(benchSynthesis({ rounds, servers, checkouts }));
    figures.synthesis = all;
    print?.(
      table(
        ["Servers", "", "Disk"],
        all.map((one) => [[`${one.servers}`, one.name, formatBytes(one.diskBytes)], one]),
      ),
    );
  }
  if (only === undefined || only === "cold-start") {
    const all = await collect(benchColdStart(rounds));
    figures["cold-start"] = all;
    print?.(
      table(
        ["Cold start", ""],
        all.map((one) => [[one.function, one.name], one]),
      ),
    );
  }
  if (only === undefined || only === "deciding") {
    const all = await collect(benchDeciding({ rounds, entries, checkouts }));
    figures.deciding = all;
    print?.(
      table(
        ["Entries", "Changed", "", "An entry, beyond JSON", "Memory by listing", "S3", "Goals"],
        all.map((one) => [
          [
            `${one.entries}`,
            `${one.changed}`,
            one.name,
            `${one.ownMicroseconds.toFixed(2)} µs`,
            `${one.listingSizes.toFixed(1)} x`,
            operations(one),
            isMet(one) ?? "",
          ],
          one,
        ]),
      ),
    );
    print?.(DECIDING_GOALS);
  }
  if (only === undefined || only === "local") {
    const cases = options.case === undefined ? CASES : [options.case];
    const rclone = isInstalled("rclone");
    const all = await collect(benchLocal({ rounds, cases, scale: options.scale, checkouts, rclone }));
    figures.local = all;
    print?.(
      table(
        ["Local run", ""],
        all.map((one) => [[one.what, one.name], one]),
      ),
    );
  }
  const machine = { processors: cpus().length, model: cpus()[0]?.model, node: process.version };
  const date = new Date().toISOString().slice(0, 10);
  console.log(
    json
      ? JSON.stringify({ date, machine, rounds, ...figures }, null, 2)
      : `Medians of ${rounds} round(s) on ${date}: ${machine.processors} processors (${machine.model}), Node.js ${machine.node}.`,
  );
}

/** Whether a program can be called. */
function isInstalled(program: string): boolean {
  return spawnSync(program, ["version"], { stdio: "ignore" }).error === undefined;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) {
    all.push(item);
  }
  return all;
}

function table(head: readonly string[], rows: readonly (readonly [readonly string[], Median])[]): string {
  const printed = new Table({ head: [...head, "Time", "CPU", "Memory"], style: { head: [], border: [] } });
  for (const [cells, { wallSeconds, cpuSeconds, peakBytes }] of rows) {
    printed.push([
      ...cells,
      `${wallSeconds.toFixed(2)} s`,
      cpuSeconds === 0 ? "" : `${cpuSeconds.toFixed(2)} s`,
      peakBytes === 0 ? "" : formatBytes(peakBytes),
    ]);
  }
  return printed.toString();
}

program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
