import { StoredTree } from "../../../simulation/remote-tree";

/** What a test says of a file: what a listing shows of it. */
export interface RemoteFile {
  readonly size?: number | undefined;
  readonly modified?: string | undefined;
}

const OLD = "2026-01-01T00:00:00Z";

/** The tree of a remote server, of whose files only what a listing shows is of interest. */
export class FakeRemote extends StoredTree {
  /** Makes a file, and the folders on its way. */
  override put(path: string, { size, modified }: RemoteFile = { size: 10, modified: OLD }): void {
    super.put(path, { content: "", bytes: size ?? 0, size, modified });
  }
}
