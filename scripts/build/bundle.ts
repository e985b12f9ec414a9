import { basename, join } from "node:path";
import { type BuildFailure, build, type Metafile } from "esbuild";
import { BuildError } from "./build-error";
import { type BundledPackage, bundledPackages } from "./bundled-packages";
import { thirdPartyNotices } from "./third-party-notices";

/** The code of the functions that share a zip. */
export interface Bundle {
  readonly name: string;
  /** Every file that was read, by its path from the root. */
  readonly sources: readonly string[];
  /** Whose code is in it, by name and version. */
  readonly packages: readonly BundledPackage[];
  /** The functions' modules, the chunks that they share, and the notices, by their names in the zip. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Source maps of these, by name. */
  readonly maps: ReadonlyMap<string, Uint8Array>;
}

const NOTICES = "THIRD-PARTY-NOTICES";

/** Packages in CommonJS call `require`, which an ES module does not have. */
const BANNER = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/**
 * Bundles the functions of a zip: a module `FUNCTION.mjs` for each, and chunks of what several of them load.
 * @param name of the zip, and of its folder in `functions/`.
 * @param functions folders in there.
 * @throws BuildError where it cannot be made; the message says where and why.
 */
export async function bundle(root: string, name: string, functions: readonly string[]): Promise<Bundle> {
  try {
    const { outputFiles, metafile } = await build({
      // Paths in the output are relative to the root, so that its own path leaves no trace.
      absWorkingDir: root,
      // Chunks have their names from what is in them and from the paths of that: those of a linked `node_modules` as well.
      preserveSymlinks: true,
      entryPoints: Object.fromEntries(functions.map((one) => [one, `functions/${name}/${one}/handler.ts`])),
      outdir: `dist/functions/${name}`,
      outExtension: { ".js": ".mjs" },
      splitting: true,
      chunkNames: "chunk-[hash]",
      write: false,
      metafile: true,
      bundle: true,
      platform: "node",
      target: "node22",
      format: "esm",
      mainFields: ["module", "main"],
      alias: { "@aws-sdk/credential-provider-node": join(root, "functions", "aws", "lambda-credentials.ts") },
      tsconfigRaw: {},
      // Names of functions go: errors have theirs as text, for Step Functions matches on them.
      minify: true,
      sourcemap: "linked",
      legalComments: "none",
      banner: { js: BANNER },
      logLevel: "silent",
    });
    const loaded = loadedOutputs(metafile);
    const outputs = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
    const written = (suffix: string) =>
      [...loaded.keys()].map((path): [string, Uint8Array] => {
        const file = `${basename(path)}${suffix}`;
        return [file, outputs.get(file) ?? new Uint8Array()];
      });
    const packages = await bundledPackages(root, inOutput([...loaded.values()]));
    const notices = new TextEncoder().encode(thirdPartyNotices(`${name}.zip`, packages));
    // What a package leaves out for a platform has a name, and no file.
    const inputs = Object.keys(metafile.inputs).filter((path) => !path.startsWith("(disabled)"));
    return {
      name,
      sources: [...inputs, ...packages.flatMap((one) => one.sources)],
      packages,
      files: new Map([...written("").sort(([a], [b]) => (a < b ? -1 : 1)), [NOTICES, notices]]),
      maps: new Map(written(".map")),
    };
  } catch (error) {
    throw new BuildError(`functions/${name} cannot be bundled:\n${failures(error)}`, { cause: error });
  }
}

type Output = Metafile["outputs"][string];

/** The functions' modules and what they can load. esbuild also writes chunks for imports in code that it then leaves out. */
function loadedOutputs({ outputs }: Metafile): ReadonlyMap<string, Output> {
  const loaded = new Map<string, Output>();
  const load = (path: string) => {
    const output = outputs[path];
    if (output !== undefined && !loaded.has(path)) {
      loaded.set(path, output);
      output.imports.map((imported) => imported.path).forEach(load);
    }
  };
  Object.keys(outputs)
    .filter((path) => outputs[path]?.entryPoint?.endsWith("/handler.ts"))
    .forEach(load);
  return loaded;
}

/** The files of which something is left in what was written: much of what is read is not used. */
function inOutput(outputs: readonly Output[]): string[] {
  const inputs = outputs.flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

function failures(error: unknown): string {
  if (!isBuildFailure(error)) {
    return String(error);
  }
  return error.errors
    .map(
      ({ text, location }) => `${location ? `${location.file}:${location.line}:${location.column + 1}: ` : ""}${text}`,
    )
    .join("\n");
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
