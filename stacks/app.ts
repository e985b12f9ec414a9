import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { App } from "cdktf";
import type { Settings } from "../config/settings/settings";
import type { ServerDefinition } from "../contract/model";
import { withoutCapturedTraces } from "./captured-traces";
import { FunctionZips } from "./constructs/function-zips";
import { linkEqualAssets } from "./equal-assets";
import { ServerStack } from "./server-stack";
import { SharedStack } from "./shared-stack";

export interface AppProps {
  readonly settings: Settings;
  readonly definitions: readonly ServerDefinition[];
  /** Folder that holds the built zips: `dist/functions`. */
  readonly functionsDir: string;
  /** Where the JSON goes; made where there is none. */
  readonly outdir: string;
}

/** Writes the whole app: the shared stack, and one stack for each definition. */
export function synthStacks(props: AppProps): void {
  withoutCapturedTraces(() => buildApp(props).synth());
  linkEqualAssets(props.outdir);
}

function buildApp({ settings, definitions, functionsDir, outdir }: AppProps): App {
  mkdirSync(outdir, { recursive: true });
  // CDKTF's validation runs `terraform version` where there is a cloud block; each stack's required_version says it without.
  const app = new App({ stackTraces: false, skipValidation: true, outdir });
  const zips = new FunctionZips(resolve(functionsDir));
  const shared = new SharedStack(app, { settings, zips });
  for (const server of definitions) {
    new ServerStack(app, { settings, server, zips }).addDependency(shared);
  }
  return app;
}
