import * as z from "zod";
import type { Version } from "../../../simulation/remote-tree";
import type { FakeObjects } from "../../engine/support/fake-objects";
import { REPORTS, TARGET } from "../../engine/support/run-input";

const ledgerSchema = z.object({
  folder: z.string(),
  files: z.array(z.tuple([z.string(), z.number().nullable(), z.string().nullable(), z.number().optional()])),
  marks: z.array(z.tuple([z.string()], z.unknown())),
  gone: z.array(z.tuple([z.string(), z.string(), z.number().nullable(), z.string().nullable()], z.unknown())),
});

/** Size and time as listed; `null` where the listing did not say. */
export interface Entry {
  readonly size: number | null;
  readonly modified: string | null;
  /** Bytes of the object, where they are not the listed ones. */
  readonly bytes?: number;
}

export interface StoredObject {
  readonly content: string | undefined;
  readonly size: number;
  readonly lastModified: Date;
}

/** What a ledger's file says. */
export interface Ledger {
  /** What was verified, by path. */
  readonly files: ReadonlyMap<string, Entry>;
  /** Paths that were sent, or about to be, and not verified since. */
  readonly marks: readonly string[];
  /** As the object was verified that a file left which is gone, by path. */
  readonly gone: readonly (readonly [path: string, Entry])[];
}

const NO_LEDGER: Ledger = { files: new Map(), marks: [], gone: [] };

export function parseLedger(text: string): Ledger {
  const { folder, files, marks, gone } = ledgerSchema.parse(JSON.parse(text));
  return {
    files: new Map(
      files.map(([name, size, modified, bytes]) => [
        `${folder}/${name}`,
        { size, modified, ...(bytes === undefined ? {} : { bytes }) },
      ]),
    ),
    marks: marks.map(([name]) => `${folder}/${name}`),
    gone: gone.map(([name, , size, modified]) => [`${folder}/${name}`, { size, modified }]),
  };
}

/** What the ledgers say besides what was verified. */
export interface Doubtful {
  readonly marked: ReadonlySet<string>;
  readonly gone: ReadonlyMap<string, Entry>;
}

/** What the buckets hold. */
export class Stored {
  private readonly parsed = new Map<string, Ledger>();

  constructor(
    private readonly objects: FakeObjects,
    /** Where the definition wants objects now. */
    private readonly prefix: () => string,
  ) {}

  /** All ledgers, by path. */
  ledger(): Map<string, Entry> {
    return new Map(this.ledgers().flatMap(({ files }) => [...files]));
  }

  doubtful(): Doubtful {
    const ledgers = this.ledgers();
    return {
      marked: new Set(ledgers.flatMap(({ marks }) => marks)),
      gone: new Map(ledgers.flatMap(({ gone }) => gone)),
    };
  }

  target(path: string): StoredObject | undefined {
    const key = this.prefix() + path;
    const summary = this.objects.peek(TARGET, key);
    return summary && { ...summary, content: this.objects.text(TARGET, key) };
  }

  /** Whether the answer of a call was written down. */
  knowsTransfer(id: string): boolean {
    const texts = this.objects.keys(REPORTS, "runs/").map((key) => this.objects.text(REPORTS, key) ?? "");
    return texts.some((text) => text.includes(`"${id}"`));
  }

  /** What a ledger's text says: read once, since each is looked at again and again. */
  parse(text: string | undefined): Ledger {
    if (text === undefined) {
      return NO_LEDGER;
    }
    const known = this.parsed.get(text) ?? parseLedger(text);
    this.parsed.set(text, known);
    return known;
  }

  private ledgers(): Ledger[] {
    const keys = this.objects.keys(REPORTS, "ledger/").filter((key) => key.endsWith(".json"));
    return keys.map((key) => this.parse(this.objects.text(REPORTS, key)));
  }
}

/** What cannot be told apart by what was listed counts as the same. */
export function isSame(version: Version, entry: Entry): boolean {
  const sameSize = version.size === undefined || entry.size === null || version.size === entry.size;
  const sameTime = version.modified === undefined || entry.modified === null || version.modified === entry.modified;
  return sameSize && sameTime;
}

/** The present, and whether a ledger remembers what was copied. */
export interface Rule {
  readonly now: Date;
  readonly keepsLedger: boolean;
}

/** Whether a file that no ledger knows has to be copied, by what S3 holds (rule 5). No object is newer than the future. */
export function isOutdated(version: Version, object: StoredObject | undefined, { now, keepsLedger }: Rule): boolean {
  if (object === undefined || (version.size !== undefined && object.size !== version.size)) {
    return true;
  }
  const modified = version.modified === undefined ? undefined : new Date(version.modified);
  return modified !== undefined && (modified > now ? keepsLedger : object.lastModified < modified);
}
