import type { z } from "zod";
import type { faultsSchema } from "../../local/faults/faults-schema";
import type { RunResult } from "../../local/runner/run-result";
import type { RunOptions, SyncOptions } from "../end-to-end/world";
import type { Defect } from "./defects";

/**
 * A remote file: its content, and when it was modified (an hour ago by default; `now`: when it is written); or what a
 * symbolic link points to.
 */
export type RemoteEntry =
  | string
  | { readonly content: string; readonly modified: Date | "now" }
  | { readonly linkTo: string };

/** Remote files by path; `undefined` removes one. */
export type Tree = Readonly<Record<string, RemoteEntry | undefined>>;

export interface Expected {
  /** The error's name; without it the run succeeds. */
  readonly error?: string;
  readonly files?: Partial<RunResult["files"]>;
  readonly folders?: Partial<RunResult["folders"]>;
  readonly calls?: Partial<RunResult["calls"]>;
  /** By path, what the reason says. All of them. */
  readonly failures?: Readonly<Record<string, RegExp>>;
  readonly warnings?: readonly RegExp[];
}

/** One run of the sync, and what happens before and in it. */
export interface Run {
  readonly change?: Tree;
  /** As a faults file has them. */
  readonly faults?: z.input<typeof faultsSchema>;
  /** What the partner does between the listing and the transfers: when the first of them is asked for. */
  readonly beforeTransfers?: Tree;
  /** Remote paths whose objects a consumer takes away as soon as they are there. */
  readonly consumed?: readonly string[];
  readonly options?: Pick<RunOptions, "fromTimestamp" | "dryRun">;
  readonly expect: Expected;
}

export interface Scenario {
  readonly name: string;
  /** The defect of the sample that this would show. */
  readonly defect?: Defect;
  readonly tree: Tree;
  readonly sync?: SyncOptions;
  /** Settings of cdktf.json. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly runs: readonly Run[];
  /** Of all the runs together. */
  readonly calls?: Partial<RunResult["calls"]>;
  /**
   * In the end S3 holds every remote file with its bytes, and nothing else (`any`: that is left open); but for these:
   * remote files that are not in S3, and objects that no remote file explains.
   */
  readonly notInS3?: readonly string[];
  readonly onlyInS3?: readonly string[];
  readonly objects?: "any";
  /** In the end the ledger knows the remote files with their sizes, and nothing else. */
  readonly ledger?: "complete";
}

const LONG_AGO = new Date("2020-02-03T04:05:06Z");

/** @param seconds later than the others of long ago. */
export const longAgo = (content: string, seconds = 0): RemoteEntry => ({
  content,
  modified: new Date(LONG_AGO.getTime() + seconds * 1000),
});

export const now = (content: string): RemoteEntry => ({ content, modified: "now" });

/** `count` files `FOLDER/000.dat`, `001.dat`, ... */
export function numbered(folder: string, count: number): Tree {
  const names = Array.from({ length: count }, (_, index) => `${folder}/${String(index).padStart(3, "0")}.dat`);
  return Object.fromEntries(names.map((name) => [name, `content of ${name}`]));
}
