import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { RemoteServer } from "../../end-to-end/remote-servers";

export const BUCKET = "data-lake";

export interface Sync {
  readonly Name: string;
  readonly LocalRepository: { readonly BucketName: string; readonly Prefix: string };
  readonly RemoteFolders: { readonly Folder: string; readonly Recursive: boolean };
  readonly Schedule?: string;
  readonly Enabled?: boolean;
}

/** A definition's fields as its file has them. */
export interface Definition {
  readonly Name: string;
  readonly Description: string;
  readonly Url: string;
  readonly PublicKey: readonly string[];
  readonly Schedule: string;
  readonly Enabled?: boolean;
  readonly MaxConcurrentConnections?: number;
  readonly SyncSettings: readonly Sync[];
}

/** A server with these syncs: each copies the folder of its name, and runs every hour unless it says otherwise. */
export function definitionOf(name: string, remote: RemoteServer, syncs: readonly Sync[]): Definition {
  return {
    Name: name,
    Description: `The files of ${name}`,
    Url: remote.url,
    PublicKey: remote.hostPublicKeys,
    Schedule: "@hourly",
    SyncSettings: syncs,
  };
}

export function syncOf(server: string, remote: RemoteServer, name: string, changes: Partial<Sync> = {}): Sync {
  return {
    Name: name,
    LocalRepository: { BucketName: BUCKET, Prefix: server },
    RemoteFolders: { Folder: `${remote.base}/${name}`, Recursive: true },
    ...changes,
  };
}

/** Writes the files as a user would: these, and no other. */
export function writeDefinitions(servers: string, definitions: readonly Definition[]): void {
  rmSync(servers, { recursive: true, force: true });
  mkdirSync(servers);
  for (const definition of definitions) {
    writeFileSync(join(servers, `${definition.Name}.yaml`), stringify(definition));
  }
}
