import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type DefinitionsResult, type Limits, loadDefinitions } from "../../config/load-definitions";
import type { Parsed } from "../../config/problems/problem";

/** A host key in the wire format, of the strings that follow its type. */
export function hostKey(type: string, ...strings: readonly (string | Buffer)[]): string {
  const blob = [type, ...strings].map((text) => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  });
  return `${type} ${Buffer.concat(blob).toString("base64")}`;
}

export const RSA_KEY = hostKey("ssh-rsa", Buffer.from([1, 0, 1]), Buffer.alloc(257, 0x5a));
export const ECDSA_KEY = hostKey("ecdsa-sha2-nistp256", "nistp256", Buffer.alloc(65, 4));

/** The smallest definition, to be changed by a test; `undefined` removes a field. */
export function definition(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Name: "partner",
    Url: "sftp.example.com",
    PublicKey: [RSA_KEY],
    Schedule: "@daily",
    SyncSettings: [sync()],
    ...changes,
  };
}

export function sync(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    LocalRepository: { BucketName: "data-lake", Prefix: "partner" },
    RemoteFolders: { Folder: "/data", Recursive: true },
    ...changes,
  };
}

/** A sync of one folder to a place in one bucket. */
export function folderSync(folder: string, prefix: string, changes: Record<string, unknown> = {}) {
  return sync({
    Name: `${prefix} ${folder}`.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "root",
    LocalRepository: { BucketName: "data-lake", Prefix: prefix },
    RemoteFolders: { Folder: folder, Recursive: false },
    ...changes,
  });
}

/** Writes the files into a folder of their own and loads it; the folder's path is cut from the problems. */
export async function load(files: Readonly<Record<string, unknown>>, limits: Limits = {}): Promise<DefinitionsResult> {
  const dir = mkdtempSync(join(tmpdir(), "definitions-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      const text =
        typeof content === "string" || content instanceof Buffer ? content : JSON.stringify(content, null, 2);
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text);
    }
    const { definitions, files: read, found, problems } = await loadDefinitions(dir, limits);
    const cut = (text: string) => text.replaceAll(`${dir}/`, "");
    return {
      definitions,
      files: new Map([...read].map(([server, file]) => [server, cut(file)])),
      found: found.map((one) => ({ ...one, file: cut(one.file) })),
      problems: problems.map((one) => ({ ...one, file: cut(one.file), message: cut(one.message) })),
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** `severity path: message` of each problem. */
export function summary({ problems }: DefinitionsResult): string[] {
  return problems.map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}

/** What a field's parser made of a text: the value, and each finding as `severity: message`. */
export function outcome<T>({ value, findings }: Parsed<T>): { value: T | undefined; findings: string[] } {
  return { value, findings: findings.map(({ severity, message }) => `${severity}: ${message}`) };
}

/** A text in a test's title: in ASCII, and cut where it is long. */
export function shown(text: string | undefined): string {
  const quoted = JSON.stringify(text) ?? "nothing";
  const ascii = quoted.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return ascii.length > 60 ? `${ascii.slice(0, 20)}... (${text?.length} characters)` : ascii;
}
