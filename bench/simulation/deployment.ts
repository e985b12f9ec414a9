import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readDefinition } from "../../config/definition/definition-file";
import { formatProblem } from "../../config/problems/problem";
import { parseSettings, type Settings } from "../../config/settings/settings";
import type { ServerDefinition } from "../../contract/model";
import { LOCAL_ACCOUNT } from "../../local/deployment/account";
import { type Deployment, deploy } from "../../local/deployment/deployment";
import { generateHostKeys, publicKeyOf } from "../../local/sftp-server/host-keys";
import { synthStacks } from "../../stacks/app";
import { ROOT } from "./remote-tree";

/** What `npm run build` makes. */
export const FUNCTIONS_DIR = resolve(__dirname, "..", "..", "dist", "functions");

export const TARGET_BUCKET = "target-bucket";

/**
 * A definition as somebody would write it, for a tree under {@link ROOT}.
 * @param folders below the root, a sync for each; none: one sync for all of the tree.
 */
function writtenDefinition(folders: readonly string[] = []): string {
  const syncs =
    folders.length === 0
      ? [{ Name: "data", Folder: ROOT }]
      : folders.map((name) => ({ Name: name, Folder: `${ROOT}/${name}` }));
  return JSON.stringify({
    Name: "partner",
    Url: "sftp.example.com",
    PublicKey: generateHostKeys().map(publicKeyOf),
    Schedule: "@daily",
    SyncSettings: syncs.map(({ Name, Folder }) => ({
      Name,
      LocalRepository: { BucketName: TARGET_BUCKET, Prefix: "in/partner" },
      RemoteFolders: { Folder, Recursive: true, MaxDepth: 1000 },
    })),
  });
}

export interface SimulatedDeployment {
  readonly definition: ServerDefinition;
  readonly deployment: Deployment;
}

export interface SynthesisOptions {
  /** Settings of cdktf.json. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folder of the built zips. */
  readonly functionsDir?: string;
  /** Folders below the root that have a sync of their own; by default one has all of them. */
  readonly folders?: readonly string[];
}

/** Synthesizes the stacks, and reads from them what would be deployed. */
export async function synthesize(options: SynthesisOptions = {}): Promise<SimulatedDeployment> {
  const { settings: context, functionsDir = FUNCTIONS_DIR, folders } = options;
  const definition = readDefinition("partner.json", writtenDefinition(folders));
  const { settings, problems } = parseSettings({ region: "eu-central-1", ...context });
  if (definition.definition === undefined || settings === undefined) {
    throw new Error([...definition.problems, ...problems].map(formatProblem).join("\n"));
  }
  const outdir = await mkdtemp(join(tmpdir(), "scale-"));
  try {
    const deployment = await deployInto({ outdir, functionsDir, definition: definition.definition, settings });
    return { definition: definition.definition, deployment };
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

interface Sources {
  readonly outdir: string;
  readonly functionsDir: string;
  readonly definition: ServerDefinition;
  readonly settings: Settings;
}

function deployInto({ outdir, functionsDir, definition, settings }: Sources): Promise<Deployment> {
  synthStacks({ settings, definitions: [definition], functionsDir, outdir });
  return deploy({ outdir, server: definition.name, account: { accountId: LOCAL_ACCOUNT, region: settings.region } });
}
