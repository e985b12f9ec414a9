import { joinPath } from "../../contract/file-place";
import type { FolderState } from "../ledger/ledger";
import type { FolderLedgers } from "../ledger/ledgers";
import type { Slice } from "../slice";
import type { Work } from "../work/work";
import { absentFiles } from "./absent-files";

/**
 * `told`: there was something to report, or to decide later, so that it is looked at again. `unfinished`: the slice's time is
 * up.
 */
type Forgotten = "forgotten" | "told" | "unfinished";

/** Folders that are gone: what the ledgers know below them, all the way down, is remembered as gone. */
export class RemovedFolders {
  /** Each slice advances, however short it is. */
  private hasAdvanced = false;

  constructor(
    private readonly slice: Slice,
    private readonly work: Work,
    private readonly ledgers: FolderLedgers,
  ) {}

  /**
   * Forgets the lowest folders first, and each in its parent's ledger after it: wherever this stops, it can go on from there.
   * @param at when the listing was asked for that says so. ISO 8601.
   * @param isBack whether that listing names the folder, or one above, once more: then marked files may be there again, and
   * their own folder's listing decides.
   */
  async forget(folder: string, at: string, isBack = false): Promise<Forgotten> {
    const ledger = await this.ledgers.read(folder);
    const { isFinished, left } = await this.forgetChildren(folder, [...ledger.folders.keys()], at, () => isBack);
    if (!isFinished) {
      await this.ledgers.record(folder, { folders: left });
      return "unfinished";
    }
    const isOpen = (name: string) => isBack && ledger.marks.has(name);
    const { changes, isTold } = await absentFiles(this.slice, this.work, folder, ledger, isOpen, at);
    if (ledger.files.size + ledger.marks.size + ledger.firstSeen.size + ledger.folders.size > 0) {
      await this.ledgers.record(folder, { ...changes, firstSeen: new Map(), folders: left, listedAt: at });
    }
    this.hasAdvanced = true;
    return isTold || left.size > 0 || (isBack && ledger.marks.size > 0) ? "told" : "forgotten";
  }

  /**
   * @param isBack whether a folder that was removed before is listed again; what was known of it is forgotten all the same.
   * @returns what of these a ledger has to name still.
   */
  async forgetChildren(
    folder: string,
    names: readonly string[],
    at: string,
    isBack: (name: string) => boolean,
  ): Promise<{ readonly isFinished: boolean; readonly left: ReadonlyMap<string, FolderState> }> {
    const { services, until } = this.slice;
    const left = new Map<string, FolderState>(names.map((name) => [name, "removed"]));
    for (const name of names) {
      const isTimeUp = this.hasAdvanced && services.clock.now() >= until;
      const forgotten = isTimeUp ? "unfinished" : await this.forget(joinPath(folder, name), at, isBack(name));
      if (forgotten === "unfinished") {
        return { isFinished: false, left };
      }
      if (forgotten === "forgotten") {
        left.delete(name);
      }
    }
    return { isFinished: true, left };
  }
}
