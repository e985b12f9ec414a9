import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A function's zip, and what its bytes are known by. */
export interface FunctionZip {
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

  /** @param name the zip's name without `.zip`. @throws Error where it has not been built. */
  get(name: string): FunctionZip {
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
