import type { Invocation } from "../world/invocation";
import { parentOf, type Snapshot } from "../world/remote-tree";
import { type Entry, parseLedger, type Stored } from "./stored";

/** The ledger learns only what is so. */
export class LedgerWrites {
  /** By path, who recorded it last. */
  private readonly writers = new Map<string, Invocation>();

  constructor(private readonly stored: Stored) {}

  /**
   * @param used the listings that the run has read, by folder.
   * @param taken the paths that a consumer took from S3.
   */
  check(
    invocation: Invocation,
    used: ReadonlyMap<string, Snapshot>,
    taken: ReadonlyMap<string, unknown>,
    before: string | undefined,
    after: string | undefined,
  ): { readonly problems: string[]; readonly removed: string[]; readonly added: [string, Entry][] } {
    const from = parseLedger(before);
    const to = parseLedger(after);
    const { run, execution } = invocation;
    const { options } = execution.sync;
    const removed = [...from.keys()].filter((path) => !to.has(path));
    const blind = removed.filter((path) => {
      const snapshot = used.get(parentOf(path));
      return snapshot === undefined || snapshot.truncated || snapshot.files.has(path);
    });
    const added = [...to].filter(([path, { size, modified }]) => {
      const known = from.get(path);
      return known?.size !== size || known?.modified !== modified;
    });
    const untrue = invocation.isAlone
      ? added.filter(([path, { size }]) => {
          const object = this.stored.target(path);
          return object === undefined
            ? options.missingObject === "fail" || !taken.has(path)
            : size !== null && object.size !== size;
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
}
