import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const manifestSchema = z.object({ stacks: z.record(z.string(), z.unknown()) });

export interface SynthesizedStack {
  readonly name: string;
  /** `terraform` of its configuration: where its state is. */
  readonly terraform: object;
  /** What its one resource holds, and its output. */
  readonly input: unknown;
  /** Further arguments of the resource. */
  readonly resource?: object;
  /** Further outputs. */
  readonly output?: object;
}

/**
 * Writes a stack that needs no provider into a project's output folder, as the cdktf command finds those that were synthesized.
 * One of its name is replaced.
 */
export function addStack(project: string, { name, terraform, input, resource, output }: SynthesizedStack): void {
  const outdir = join(project, "cdktf.out");
  const workingDirectory = `stacks/${name}`;
  const synthesizedStackPath = `${workingDirectory}/cdk.tf.json`;
  mkdirSync(join(outdir, workingDirectory), { recursive: true });
  const manifest = join(outdir, "manifest.json");
  const { stacks } = existsSync(manifest)
    ? manifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8")))
    : { stacks: {} };
  const stack = {
    name,
    constructPath: name,
    workingDirectory,
    synthesizedStackPath,
    annotations: [],
    dependencies: [],
  };
  writeFileSync(manifest, JSON.stringify({ version: "0.21.0", stacks: { ...stacks, [name]: stack } }));
  writeFileSync(
    join(outdir, synthesizedStackPath),
    JSON.stringify({
      "//": { metadata: { version: "0.21.0" }, outputs: { [name]: { data: "data" } } },
      terraform,
      resource: { terraform_data: { data: { input, ...resource } } },
      output: { data: { value: "$" + "{terraform_data.data.output}" }, ...output },
    }),
  );
}
