import * as z from "zod";
import type { Stacks } from "./stacks";

const sharedSchema = z.object({
  key_arn: z.string(),
  list_results_bucket_name: z.string(),
  topic_arn: z.string(),
});

const serverSchema = z.object({
  connector_id: z.string().regex(/^c-[0-9a-f]{17}$/),
  connector_egress_ips: z.array(z.string()).min(1),
  secret_arn: z.string(),
  state_machine_arn: z.string(),
  parameter_names: z.array(z.string()),
});

export type SharedOutputs = z.infer<typeof sharedSchema>;
export type ServerOutputs = z.infer<typeof serverSchema>;

export async function readSharedOutputs(stacks: Stacks): Promise<SharedOutputs> {
  return sharedSchema.parse(await stacks.outputs("shared"));
}

export async function readServerOutputs(stacks: Stacks, stack: string): Promise<ServerOutputs> {
  return serverSchema.parse(await stacks.outputs(stack));
}
