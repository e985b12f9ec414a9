/** Random tokens of the work state, and ids that the connector gives in the order in which it is asked. */
const IDS = /(?<=\d-)[0-9a-f]{8}(?![0-9a-f])|\bc-1-\d+\b|\bt-\d+\b/g;

/**
 * Names that depend on who asked for something, not on chance, nor on who else asked before: states that differ in nothing
 * else are the same.
 */
export class Names {
  private readonly names = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  /** By key, the version that stands there, and by ETag any version. */
  private readonly versions = new Map<string, string>();
  private readonly texts = new Map<string, string>();

  /** Whatever has no name yet is the owner's. */
  learn(owner: string, text: string): void {
    for (const [id] of text.matchAll(IDS)) {
      if (!this.names.has(id)) {
        this.names.set(id, `<${owner}.${this.next(owner)}>`);
        this.texts.clear();
      }
    }
  }

  /** An object was written. */
  written(key: string, etag: string): void {
    const name = `${this.of(key)}#${this.next(key)}`;
    this.versions.set(key, name).set(etag, name);
  }

  /** The name of a text is the text with names in it. */
  of(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) {
      return known;
    }
    const named = text.replaceAll(IDS, (id) => this.names.get(id) ?? id);
    this.texts.set(text, named);
    return named;
  }

  /** @param version a key, or an ETag. What nobody wrote here has only one. */
  version(version: string): string {
    return this.versions.get(version) ?? "#";
  }

  private next(counter: string): number {
    const count = (this.counts.get(counter) ?? 0) + 1;
    this.counts.set(counter, count);
    return count;
  }
}
