import type { Snapshot } from "../world/remote-tree";

/** By run and folder, the listings that runs have read: what they know of the remote server. */
export class UsedListings {
  private readonly runs = new Map<string, Map<string, Snapshot>>();

  add(run: string, snapshot: Snapshot): void {
    const used = this.runs.get(run) ?? new Map<string, Snapshot>();
    this.runs.set(run, used.set(snapshot.folder, snapshot));
  }

  of(run: string): ReadonlyMap<string, Snapshot> {
    return this.runs.get(run) ?? new Map();
  }
}
