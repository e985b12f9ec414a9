import type { StoredTree, Version } from "../../../simulation/remote-tree";
import type { Sendings } from "./sendings";
import { isOutdated, isSame, type Rule, type Stored } from "./stored";

/**
 * Contents that nothing listed can tell from what S3 holds, or held until a consumer took it: a file that replaced
 * another of the same size under an old time while no ledger knew it, one whose server names no size or no time, or one
 * that was away just when it was copied, while another of its size was there.
 */
export class BlindSpots {
  private readonly contents = new Set<string>();

  constructor(
    private readonly remote: StoredTree,
    private readonly stored: Stored,
    private readonly sendings: Sendings,
    /** Paths that a consumer took from S3. */
    private readonly taken: ReadonlyMap<string, unknown>,
  ) {}

  has({ content }: Version): boolean {
    return this.contents.has(content);
  }

  /** To be called whenever a run is about to decide. */
  look(rule: Rule): void {
    const ledger = this.stored.ledger();
    const { marked, gone } = this.stored.doubtful();
    for (const path of this.remote.paths()) {
      const version = this.remote.file(path);
      const object = this.stored.target(path);
      const heldAnother = object === undefined ? this.taken.has(path) : object.content !== version?.content;
      if (version === undefined || !heldAnother || marked.has(path)) {
        continue;
      }
      const entry = ledger.get(path);
      const isVague =
        this.sendings.broughtAnother(version) ||
        version.size === undefined ||
        version.modified === undefined ||
        entry?.modified === null;
      const left = gone.get(path);
      const isUnknown = entry === undefined && (left === undefined || isSame(version, left));
      const isHidden = isUnknown
        ? !isOutdated(version, object, rule)
        : isVague && entry !== undefined && isSame(version, entry);
      if (isHidden) {
        this.contents.add(version.content);
      }
    }
  }
}
