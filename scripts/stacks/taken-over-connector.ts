import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connectorLogGroup } from "../../stacks/naming/names";
import { stackFolder } from "./manifest";

/** Holds the blocks by which Terraform takes a connector over. The synthesis leaves it where it is. */
const IMPORT_FILE = "taken-over-connector.tf.json";

/**
 * Has the next plan of a stack take a connector over.
 * @param connector its id.
 * @param withLogGroup whether its log group is there, and is taken over too.
 */
export async function takeOverConnector(stack: string, connector: string, withLogGroup: boolean): Promise<void> {
  const blocks = [
    { to: "aws_transfer_connector.connector", id: connector },
    ...(withLogGroup ? [{ to: "aws_cloudwatch_log_group.connector", id: connectorLogGroup(connector) }] : []),
  ];
  await mkdir(stackFolder(stack), { recursive: true });
  await writeFile(join(stackFolder(stack), IMPORT_FILE), JSON.stringify({ import: blocks }));
}

/** For stacks whose connectors are in their state. */
export async function forgetTakenOver(stacks: readonly string[]): Promise<void> {
  await Promise.all(stacks.map((stack) => rm(join(stackFolder(stack), IMPORT_FILE), { force: true })));
}
