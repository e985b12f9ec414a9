import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readDefinition } from "../../config/definition-file";
import type { ServerDefinition } from "../../config/model";
import { formatProblem } from "../../config/problem";
import { parseSettings, type Settings } from "../../config/settings";
import { type Deployment, deploy } from "../../local/deployment/deployment";
import { generateHostKeys, publicKeyOf } from "../../local/sftp-server/host-keys";
import { LOCAL_ACCOUNT } from "../../local/transfer/connector";
import { buildApp } from "../../stacks/app";
import { ROOT } from "./remote-tree";

/** What `npm run build` makes. */
export const FUNCTIONS_DIR = resolve(__dirname, "..", "..", "dist", "functions");

export const TARGET_BUCKET = "target-bucket";

/** A definition as somebody would write it, for a tree under {@link ROOT}. */
function writtenDefinition(): string {
  return JSON.stringify({
    Name: "partner",
    Url: "sftp.example.com",
    PublicKey: generateHostKeys().map(publicKeyOf),
    Schedule: "@daily",
    SyncSettings: [
      {
        Name: "data",
        LocalRepository: { BucketName: TARGET_BUCKET, Prefix: "in/partner" },
        RemoteFolders: { Folder: ROOT, Recursive: true, MaxDepth: 1000 },
      },
    ],
  });
}

export interface SimulatedDeployment {
  readonly definition: ServerDefinition;
  readonly deployment: Deployment;
}

/** Synthesizes the stacks with these settings of cdktf.json, and reads from them what would be deployed. */
export async function synthesize(context: Readonly<Record<string, unknown>> = {}): Promise<SimulatedDeployment> {
  const definition = readDefinition("partner.json", writtenDefinition());
  const { settings, problems } = parseSettings({ region: "eu-central-1", ...context });
  if (definition.definition === undefined || settings === undefined) {
    throw new Error([...definition.problems, ...problems].map(formatProblem).join("\n"));
  }
  const outdir = await mkdtemp(join(tmpdir(), "scale-"));
  try {
    return { definition: definition.definition, deployment: await deployInto(outdir, definition.definition, settings) };
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

function deployInto(outdir: string, definition: ServerDefinition, settings: Settings): Promise<Deployment> {
  buildApp({ settings, definitions: [definition], functionsDir: FUNCTIONS_DIR, outdir }).synth();
  return deploy({ outdir, server: definition.name, account: { accountId: LOCAL_ACCOUNT, region: settings.region } });
}
