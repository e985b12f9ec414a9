import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { connectorLogGroup } from "../../stacks/naming/names";
import { stackFolder } from "./manifest";

/** Holds the blocks by which Terraform takes a connector over. The synthesis leaves it where it is. */
export const IMPORT_FILE = "taken-over-connector.tf.json";

const CONNECTOR = "aws_transfer_connector.connector";
const LOG_GROUP = "aws_cloudwatch_log_group.connector";

/** All that the file may say: it takes over what it is for, and has nothing that Terraform would evaluate. */
export const takeOverSchema = z.strictObject({
  import: z.array(z.strictObject({ to: z.enum([CONNECTOR, LOG_GROUP]), id: z.string().regex(/^[\w/-]+$/) })),
});

/**
 * Has the next plan of a stack take a connector over.
 * @param connector its id.
 * @param withLogGroup whether its log group is there, and is taken over too.
 */
export async function takeOverConnector(stack: string, connector: string, withLogGroup: boolean): Promise<void> {
  const blocks: z.infer<typeof takeOverSchema>["import"] = [
    { to: CONNECTOR, id: connector },
    ...(withLogGroup ? [{ to: LOG_GROUP, id: connectorLogGroup(connector) } as const] : []),
  ];
  await mkdir(stackFolder(stack), { recursive: true });
  await writeFile(join(stackFolder(stack), IMPORT_FILE), JSON.stringify({ import: blocks }));
}

/** For stacks whose connectors are in their state. */
export async function forgetTakenOver(stacks: readonly string[]): Promise<void> {
  await Promise.all(stacks.map((stack) => rm(join(stackFolder(stack), IMPORT_FILE), { force: true })));
}
