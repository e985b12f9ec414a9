import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";

/** Zips of functions, without `.zip`: one for each kind of stack, with the code of all its functions. */
export type ZipName = "run" | "shared";

/** A zip in a stack. */
export interface ZipAsset {
  /** From the stack's folder. */
  readonly path: string;
  /** SHA-256 in base64, as Lambda's CodeSha256 has it. */
  readonly sourceCodeHash: string;
}

/** A zip, and what its bytes are known by. */
interface FunctionZip {
  readonly path: string;
  /** SHA-256 in base64, as Lambda's CodeSha256 has it. */
  readonly sourceCodeHash: string;
  /** The name that CDKTF gives to the folder of an asset with these bytes: part of a path in the stack, and so of its plan. */
  readonly assetHash: string;
}

/** The zips in a folder, written by `npm run build`. Each is read once, however many stacks have it. */
export class FunctionZips {
  private readonly read = new Map<string, FunctionZip>();

  constructor(private readonly folder: string) {}

  /** Puts a zip into a stack, once for all of its functions. @throws Error where it has not been built. */
  addTo(stack: Construct, name: ZipName): ZipAsset {
    const { path, assetHash, sourceCodeHash } = this.get(name);
    const asset = new TerraformAsset(stack, `${name}_zip`, { path, assetHash, type: AssetType.FILE });
    return { path: asset.path, sourceCodeHash };
  }

  private get(name: ZipName): FunctionZip {
    const zip = this.read.get(name) ?? readZip(join(this.folder, `${name}.zip`));
    this.read.set(name, zip);
    return zip;
  }
}

function readZip(path: string): FunctionZip {
  if (!existsSync(path)) {
    throw new Error(`${path} is missing: npm run build writes it`);
  }
  const bytes = readFileSync(path);
  return {
    path,
    sourceCodeHash: createHash("sha256").update(bytes).digest("base64"),
    assetHash: createHash("md5").update(bytes).digest("hex").toUpperCase(),
  };
}
