import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";

const blockSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** The parts of a stack's Terraform JSON that a deployment is made of: resources and data by type and name, outputs. */
const stackSchema = z.object({
  resource: z.record(z.string(), blockSchema).default({}),
  data: z.record(z.string(), blockSchema).default({}),
  output: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
});

export interface TerraformStack extends z.infer<typeof stackSchema> {
  /** Folder of the file; relative paths in it start there. */
  readonly folder: string;
}

/** @param file a synthesized `cdk.tf.json`. */
export async function readTerraformJson(file: string): Promise<TerraformStack> {
  const stack = stackSchema.parse(JSON.parse(await readFile(file, "utf8")));
  return { ...stack, folder: dirname(file) };
}
