import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildFunctions } from "../scripts/build/build-functions";
import { alternate, type Median } from "./processes/alternate";
import { measureProcess } from "./processes/measure-process";

export interface ColdStart extends Median {
  readonly function: string;
}

interface Measured {
  /** `ZIP/FUNCTION`. */
  readonly function: string;
  /** Packages of the SDK, without `@aws-sdk/client-`. */
  readonly clients: readonly string[];
}

const RUN_CLIENTS = ["s3", "transfer", "secrets-manager", "sfn"];

const MEASURED: readonly Measured[] = [
  ...["remote-folders-list", "get-list-status", "sync-remote-folder", "finish-run"].map((name) => ({
    function: `run/${name}`,
    clients: RUN_CLIENTS,
  })),
  { function: "shared/record-listing-failure", clients: ["s3"] },
  { function: "shared/set-connector-concurrency", clients: ["transfer"] },
];

const ROOT = join(__dirname, "..");

const CLIENT = "@aws-sdk/client-";

/** Packages in CommonJS call `require`, which an ES module does not have. */
const BANNER = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/**
 * Measures Node.js processes that load a function's module and do nothing with it, in turn with ones that load a bundle of only the
 * SDK's clients that it has, as the SDK comes, and with ones that load nothing.
 */
export async function* benchColdStart(rounds: number): AsyncGenerator<ColdStart> {
  await mkdir(join(ROOT, "dist"), { recursive: true });
  const folder = await mkdtemp(join(ROOT, "dist", "cold-start-"));
  try {
    await buildFunctions({ root: ROOT, outDir: join(folder, "functions") });
    for (const { function: name, clients } of MEASURED) {
      const alone = join(folder, `${clients.join("-")}.mjs`);
      await bundleClients(clients, alone);
      const contenders = [
        { name: "function", measure: () => load(join(folder, "functions", `${name}.mjs`)) },
        { name: "clients alone", measure: () => load(alone) },
        { name: "node alone", measure: () => evaluate("0") },
      ];
      for (const median of await alternate(contenders, rounds)) {
        yield { ...median, function: name };
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundleClients(clients: readonly string[], outfile: string): Promise<void> {
  await build({
    stdin: {
      // Held by something, so that esbuild does not leave them out.
      contents: `${clients.map((client, index) => `import * as c${index} from "${CLIENT}${client}";`).join("\n")}
        globalThis.clients = [${clients.map((client, index) => `c${index}.${CLASSES[client]}`).join(", ")}];`,
      resolveDir: ROOT,
    },
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    mainFields: ["module", "main"],
    minify: true,
    keepNames: true,
    legalComments: "none",
    banner: { js: BANNER },
    logLevel: "silent",
  });
}

const CLASSES: Readonly<Record<string, string>> = {
  s3: "S3Client",
  transfer: "TransferClient",
  "secrets-manager": "SecretsManagerClient",
  sfn: "SFNClient",
};

const load = (module: string) => evaluate(`import(${JSON.stringify(pathToFileURL(module).href)})`);

const evaluate = (code: string) => measureProcess({ command: process.execPath, args: ["-e", code], folder: ROOT });
