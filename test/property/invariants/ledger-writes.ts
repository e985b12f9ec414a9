import { parentOf, type Snapshot } from "../../../simulation/remote-tree";
import type { Invocation } from "../world/invocation";
import type { Entry, Stored } from "./stored";

const HALF_HOUR_MILLISECONDS = 30 * 60 * 1000;

/** The ledger learns only what is so. */
export class LedgerWrites {
  /** By path, who recorded it last. */
  private readonly writers = new Map<string, Invocation>();
  /** By path, the run that marked it first since it was verified. */
  private readonly markers = new Map<string, string>();

  constructor(private readonly stored: Stored) {}

  /** The run that marked a path first since it was verified. */
  marker(path: string): string | undefined {
    return this.markers.get(path);
  }

  /**
   * @param used the listings that the run has read, by folder.
   * @param missing the folders that the run has heard not to be there.
   * @param taken the paths that a consumer took from S3.
   */
  check(
    invocation: Invocation,
    used: ReadonlyMap<string, Snapshot>,
    missing: ReadonlySet<string>,
    taken: ReadonlyMap<string, unknown>,
    before: string | undefined,
    after: string | undefined,
  ): { readonly problems: string[]; readonly removed: string[]; readonly added: [string, Entry][] } {
    const { files: from, marks: marksBefore } = this.stored.parse(before);
    const { files: to, marks: marksAfter } = this.stored.parse(after);
    const { run, execution } = invocation;
    const { options } = execution.sync;
    const removed = [...from.keys()].filter((path) => !to.has(path));
    const blind = removed.filter((path) => !isSeenToBeGone(path, used, missing));
    this.mark(run, marksBefore, marksAfter);
    const added = [...to].filter(([path, { size, modified }]) => {
      const known = from.get(path);
      return known?.size !== size || known?.modified !== modified;
    });
    const untrue = invocation.isAlone
      ? added.filter(([path, entry]) => {
          const { size, bytes } = entry;
          const object = this.stored.target(path);
          return object === undefined
            ? !taken.has(path) || (options.missingObject === "fail" && !isShifted(from.get(path), entry))
            : size !== null && object.size !== (bytes ?? size);
        })
      : [];
    const stale = added.filter(([path]) => {
      const writer = this.writers.get(path);
      return from.has(path) && writer !== undefined && invocation.isOlderThan(writer);
    });
    for (const [path] of added) {
      this.writers.set(path, invocation);
    }
    return {
      removed,
      added,
      problems: [
        ...(execution.context.event.DryRun ? [`a dry run writes the ledger`] : []),
        ...(options.changeDetection === "modified-time" ? [`${run} keeps a ledger`] : []),
        ...blind.map((path) => `${run} forgets ${path} without having seen that it is gone`),
        ...stale.map(([path]) => `${run} writes over what a later invocation has recorded of ${path}`),
        ...untrue.map(([path]) => `${run} records ${path}, which is not in S3 as listed`),
      ],
    };
  }

  private mark(run: string, before: readonly string[], after: readonly string[]): void {
    for (const path of before.filter((known) => !after.includes(known))) {
      this.markers.delete(path);
    }
    for (const path of after.filter((known) => !before.includes(known))) {
      this.markers.set(path, run);
    }
  }
}

/** The server's clocks have changed: what was known of the file is known still, whoever took its object. */
function isShifted(known: Entry | undefined, { size, modified }: Entry): boolean {
  if (known === undefined || known.size !== size || known.modified === null || modified === null) {
    return false;
  }
  return (Date.parse(modified) - Date.parse(known.modified)) % HALF_HOUR_MILLISECONDS === 0;
}

/** The run has a whole listing without it, or without a folder above it, or has not found such a folder. */
function isSeenToBeGone(path: string, used: ReadonlyMap<string, Snapshot>, missing: ReadonlySet<string>): boolean {
  const snapshot = used.get(parentOf(path));
  const isUnnamed = snapshot !== undefined && !snapshot.truncated && !snapshot.files.has(path);
  return isUnnamed || isFolderGone(parentOf(path), used, missing);
}

function isFolderGone(folder: string, used: ReadonlyMap<string, Snapshot>, missing: ReadonlySet<string>): boolean {
  if (folder === "" || missing.has(folder)) {
    return folder !== "";
  }
  const snapshot = used.get(parentOf(folder));
  const isUnnamed = snapshot !== undefined && !snapshot.truncated && !snapshot.folders.includes(folder);
  return isUnnamed || isFolderGone(parentOf(folder), used, missing);
}
