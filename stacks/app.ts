import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { App } from "cdktf";
import type { Settings } from "../config/settings/settings";
import type { ServerDefinition } from "../contract/model";
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

/**
 * Writes the whole app: the shared stack, and one stack for each definition. CDKTF takes a stack trace for nearly every value,
 * and shows none of them. Source maps, which TypeScript loaders turn on, would make them a fifth of the work, so these are off
 * meanwhile.
 */
export function synthStacks(props: AppProps): void {
  const { sourceMapsEnabled } = process;
  process.setSourceMapsEnabled(false);
  try {
    buildApp(props).synth();
  } finally {
    process.setSourceMapsEnabled(sourceMapsEnabled);
  }
}

function buildApp({ settings, definitions, functionsDir, outdir }: AppProps): App {
  mkdirSync(outdir, { recursive: true });
  // CDKTF's validation runs `terraform version` where there is a cloud block; each stack's required_version says it without.
  const app = new App({ stackTraces: false, skipValidation: true, outdir });
  const zips = resolve(functionsDir);
  const shared = new SharedStack(app, { settings, functionsDir: zips });
  for (const server of definitions) {
    new ServerStack(app, { settings, server, functionsDir: zips }).addDependency(shared);
  }
  return app;
}
