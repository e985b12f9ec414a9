import { realpath, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as z from "zod";
import type { Settings } from "../../config/settings/settings";
import { UserError } from "../../local/errors/user-error";
import { withPrivateFolder } from "../../local/privacy/private-folder";
import { EXIT } from "../commands/exit-codes";
import { readSynthesized, stackFile, stackFolder } from "./manifest";
import { runTerraform } from "./terraform";
import { terraformAdvice } from "./terraform-advice";

type Cloud = Settings["terraformCloud"];

const stackSchema = z.object({
  terraform: z.object({
    backend: z
      .object({
        local: z.looseObject({ path: z.string().optional() }).optional(),
        s3: z.looseObject({}).optional(),
      })
      .optional(),
    cloud: z.unknown().optional(),
  }),
});

const stateSchema = z.object({ outputs: z.record(z.string(), z.unknown()) });

const outputsSchema = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean() }));

export type Outputs = z.infer<typeof outputsSchema>;

/**
 * Whether a stack is deployed, by its state: every stack has outputs, and none where it was destroyed. What this leaves in
 * Terraform Cloud is the workspace that `terraform init` creates in the project, where there was none.
 * @throws UserError with Terraform's words, where the state cannot be read.
 */
export function isDeployed(stack: string, cloud: Cloud): Promise<boolean> {
  return withState(stack, cloud, async (folder) => {
    // `terraform output` takes a workspace that has no state yet for one that may not be read.
    const text = await terraformOrError(folder, cloud, "state", "pull");
    return text.trim() !== "" && Object.keys(stateSchema.parse(JSON.parse(text)).outputs).length > 0;
  });
}

/**
 * The file that holds a stack's state.
 * @returns nothing where the state lies elsewhere. @throws UserError where the stack is not synthesized.
 */
export async function localStateFile(stack: string): Promise<string | undefined> {
  const { local } = await placeOfState(stack);
  // Terraform starts from where the folder really is.
  return local === undefined ? undefined : resolve(await realpath(stackFolder(stack)), local.path);
}

/** A stack's outputs; none where it is not deployed. @throws UserError with Terraform's words, where they cannot be read. */
export function stackOutputs(stack: string, cloud: Cloud): Promise<Outputs> {
  return withState(stack, cloud, async (folder) => {
    const text = await terraformOrError(folder, cloud, "output", "-json");
    return outputsSchema.parse(JSON.parse(text));
  });
}

/** As the stack's synthesized configuration has it: one of these. */
async function placeOfState(stack: string) {
  const { terraform } = stackSchema.parse(JSON.parse(await readSynthesized(stackFile(stack))));
  const { cloud: remote, backend: { s3, local } = {} } = terraform;
  const isLocal = remote === undefined && s3 === undefined;
  return { remote, s3, local: isLocal ? { path: local?.path ?? "terraform.tfstate" } : undefined };
}

/** Goes to work in a folder where Terraform finds a stack's state. Without resources it needs no provider there. */
async function withState<T>(stack: string, cloud: Cloud, work: (folder: string) => Promise<T>): Promise<T> {
  const path = await localStateFile(stack);
  const { s3, remote } = await placeOfState(stack);
  const backend = path === undefined ? { s3 } : { local: { path } };
  const place = remote === undefined ? { backend } : { cloud: remote };
  return withPrivateFolder(async (folder) => {
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: place }));
    await terraformOrError(folder, cloud, "init", "-input=false", "-no-color");
    return work(folder);
  });
}

/** @returns what Terraform printed. @throws UserError with its words, where it fails. */
async function terraformOrError(folder: string, cloud: Cloud, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runTerraform(folder, args);
  if (code !== EXIT.ok) {
    const next = terraformAdvice(stderr, cloud);
    throw new UserError(stderr.trim(), next === undefined ? {} : { next });
  }
  return stdout;
}
