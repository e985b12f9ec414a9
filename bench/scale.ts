import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { buildFunctions } from "../scripts/build/build-functions";
import { LIST_PRICES } from "../scripts/commands/cost/prices";
import { CASES } from "./cases";
import { BOUND_FORMULA } from "./economy";
import { type BenchRun, measure } from "./measure";
import { type SimulatedDeployment, synthesize } from "./simulation/deployment";
import { benchTable } from "./table";

const program = new Command("bench:scale")
  .description("Runs the engine over big simulated trees, and says what each of its functions takes.")
  .addOption(new Option("--case <name>", "only this one").choices(CASES.map(({ name }) => name)))
  .option("--in-process", "all functions in this process: faster, without what they take of the machine")
  .option("--json", "print the figures as one JSON document")
  .addHelpText("after", "\nExample:\n  npm run --silent bench:scale -- --case frontier")
  .action(bench);

/** How the figures are to be read. */
const NOTES = [
  BOUND_FORMULA,
  "GB-seconds: the functions' memory, times the time that their requests and sleeps take on the virtual clock. Assumed are the requests' " +
    "durations; the functions' own processing, the column CPU, takes none.",
  `Dollars: list prices of ${LIST_PRICES.region} on ${LIST_PRICES.date}, those of \`cost\`; without logs and metrics, and what a month costs by itself.`,
  "The sample's connector: a call for each folder and each ten files of a folder, and the data, as in its example ($39.57 and $1.99). What else " +
    "it takes of AWS, and how long, this project's documents do not say.",
];

/** From zips of its own: others may be building those in `dist`. */
async function deployment(folders?: readonly string[]): Promise<SimulatedDeployment> {
  const functionsDir = await mkdtemp(join(tmpdir(), "zips-"));
  try {
    await buildFunctions({ root: join(__dirname, ".."), outDir: functionsDir });
    return await synthesize({ functionsDir, ...(folders && { folders }) });
  } finally {
    await rm(functionsDir, { recursive: true, force: true });
  }
}

interface Options {
  readonly case?: string;
  readonly inProcess?: boolean;
  readonly json?: boolean;
}

async function bench({ case: only, inProcess = false, json = false }: Options): Promise<void> {
  const usual = await deployment();
  const runs: BenchRun[] = [];
  for (const benchCase of CASES.filter(({ name }) => only === undefined || name === only)) {
    const { folders } = benchCase;
    const deployed = folders === undefined ? usual : await deployment(folders);
    for await (const run of measure(benchCase, deployed, inProcess)) {
      runs.push(run);
      if (!json) {
        console.log(`${benchTable(run)}\n`);
      }
    }
  }
  const machine = { processors: cpus().length, model: cpus()[0]?.model, node: process.version };
  const date = new Date().toISOString().slice(0, 10);
  console.log(
    json
      ? JSON.stringify({ date, machine, runs }, null, 2)
      : `${NOTES.join("\n")}\n\nMeasured on ${date}: ${machine.processors} processors (${machine.model}), Node.js ${machine.node}.`,
  );
}

program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
