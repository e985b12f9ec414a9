import { rm } from "node:fs/promises";
import type { Settings } from "../../config/settings/settings";
import type { ServerDefinition } from "../../contract/model";
import { synthStacks } from "../../stacks/app";
import { LOCAL_ACCOUNT } from "../deployment/account";
import { type Deployment, deploy } from "../deployment/deployment";
import { localSettings } from "./local-settings";

export interface DeployDefinitionOptions {
  readonly definition: ServerDefinition;
  readonly settings: Settings;
  /** Folder that holds the built zips. */
  readonly functionsDir: string;
  /** For the synthesized stacks, which are read back: a folder in which nobody else can write. Emptied first. */
  readonly outdir: string;
}

/** Synthesizes the stacks as `cdktf synth` does, and deploys them on this machine. */
export async function deployDefinition(options: DeployDefinitionOptions): Promise<Deployment> {
  const { definition, functionsDir, outdir } = options;
  const settings = localSettings(options.settings);
  await rm(outdir, { recursive: true, force: true });
  synthStacks({ settings, definitions: [definition], functionsDir, outdir });
  return deploy({ outdir, server: definition.name, account: { accountId: LOCAL_ACCOUNT, region: settings.region } });
}
