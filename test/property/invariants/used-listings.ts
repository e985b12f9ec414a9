import type { Snapshot } from "../../../simulation/remote-tree";

/** By run and folder, the listings that runs have read: what they know of the remote server. */
export class UsedListings {
  /** By path. */
  private readonly sights = new Map<string, Date>();
  private readonly runs = new Map<string, Map<string, Snapshot>>();
  private readonly missing = new Map<string, Set<string>>();

  add(run: string, snapshot: Snapshot): void {
    const used = this.runs.get(run) ?? new Map<string, Snapshot>();
    this.runs.set(run, used.set(snapshot.folder, snapshot));
    for (const path of snapshot.files.keys()) {
      const before = this.sights.get(path);
      this.sights.set(path, before !== undefined && before < snapshot.listedAt ? before : snapshot.listedAt);
    }
  }

  /** A run hears that there is no such folder. */
  addMissing(run: string, folder: string): void {
    this.missing.set(run, new Set([...this.missingOf(run), folder]));
  }

  /** Folders of which a run has heard that they are not there. */
  missingOf(run: string): ReadonlySet<string> {
    return this.missing.get(run) ?? new Set();
  }

  /** When a listing that a run has read showed a file there for the first time. */
  firstSight(path: string): Date | undefined {
    return this.sights.get(path);
  }

  of(run: string): ReadonlyMap<string, Snapshot> {
    return this.runs.get(run) ?? new Map();
  }
}
