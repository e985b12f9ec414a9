import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as z from "zod";
import { EXIT } from "../commands/exit-codes";
import { ROOT } from "../commands/paths";
import { endOf } from "./child";
import { outdir } from "./manifest";
import { withoutTelemetry } from "./no-telemetry";
import { STACK_FILE } from "./read-by-terraform.mjs";

/** As the cdktf command names it: what was synthesized last is used. */
export const SKIP_SYNTH = "--skip-synth";

/** Of cdktf.json. */
const projectSchema = z.looseObject({ app: z.string() });

/** Of manifest.json, which the cdktf library writes. */
const manifestSchema = z.looseObject({ stacks: z.record(z.string(), z.unknown()) });

export interface SynthOptions {
  /** Where progress is printed, if not on stdout. */
  readonly stdout?: "stderr";
  /** Folder that is written, relative to the project's root; by default the environment's own, such as `cdktf.out`. */
  readonly output?: string;
  /** Command that synthesizes, in a shell; by default `app` of cdktf.json. */
  readonly app?: string;
}

/** Synthesizes all stacks once, for commands that go through them one by one. @returns an exit code. */
export async function synth(options: readonly string[], how: SynthOptions = {}): Promise<number> {
  return options.includes(SKIP_SYNTH) ? EXIT.ok : synthesize(how);
}

/**
 * Does what `cdktf synth` does, without it: runs the project's command, and removes the folders of stacks that are not among
 * those that it has written.
 */
async function synthesize({ output = outdir(), app, stdout }: SynthOptions): Promise<number> {
  const folder = resolve(ROOT, output);
  const child = spawn(app ?? (await projectApp()), {
    cwd: ROOT,
    env: { ...withoutTelemetry(process.env), CDKTF_OUTDIR: folder },
    stdio: ["inherit", stdout === undefined ? "inherit" : process.stderr, "inherit"],
    shell: true,
  });
  const code = await endOf(child);
  if (code !== EXIT.ok) {
    return code === EXIT.interrupted ? code : EXIT.failed;
  }
  const stacks = await writtenStacks(folder);
  await removeOthers(join(folder, "stacks"), stacks);
  const written = `Generated Terraform code for the stacks: ${stacks.join(", ")}`;
  console[stdout === undefined ? "log" : "error"](written);
  return EXIT.ok;
}

async function projectApp(): Promise<string> {
  return projectSchema.parse(JSON.parse(await readFile(join(ROOT, "cdktf.json"), "utf8"))).app;
}

async function writtenStacks(outdir: string): Promise<string[]> {
  return Object.keys(manifestSchema.parse(JSON.parse(await readFile(join(outdir, "manifest.json"), "utf8"))).stacks);
}

/** A folder without a stack's file in it may be anybody's: `--output` takes whatever folder is named. */
async function removeOthers(folder: string, stacks: readonly string[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const isStack = entry.isDirectory() && existsSync(join(folder, entry.name, STACK_FILE));
    if (isStack && !stacks.includes(entry.name)) {
      await rm(join(folder, entry.name), { recursive: true });
    }
  }
}
