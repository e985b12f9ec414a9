import * as z from "zod";
import type { Settings } from "../../config/settings/settings";
import { UserError } from "../../local/errors/user-error";
import { EXIT } from "../commands/exit-codes";
import { runTerraform } from "./terraform";
import { terraformAdvice } from "./terraform-advice";

type Cloud = Settings["terraformCloud"];

const stateSchema = z.object({ outputs: z.record(z.string(), z.unknown()) });

/**
 * Whether a stack is deployed, by its state: every stack has outputs, and none where it was destroyed.
 * @param folder of a configuration that says where the state is, after `terraform init`.
 * @throws UserError with Terraform's words, where the state cannot be read.
 */
export async function isDeployed(folder: string, cloud: Cloud): Promise<boolean> {
  // `terraform output` takes a workspace that has no state yet for one that may not be read.
  const text = await terraformOrError(folder, cloud, "state", "pull");
  return text.trim() !== "" && Object.keys(stateSchema.parse(JSON.parse(text)).outputs).length > 0;
}

/** @returns what Terraform printed. @throws UserError with its words, where it fails. */
export async function terraformOrError(folder: string, cloud: Cloud, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runTerraform(folder, ...args);
  if (code !== EXIT.ok) {
    const next = terraformAdvice(stderr, cloud);
    throw new UserError(stderr.trim(), next === undefined ? {} : { next });
  }
  return stdout;
}
