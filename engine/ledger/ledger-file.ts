import * as z from "zod";
import { firstIssues } from "../../contract/first-issues";
import { RunError } from "../errors";
import { jsonOrNothing } from "../stored-json";
import { DOUBT_OUTCOMES, type FolderLedger, type LedgerEntry, type Mark, type VerifiedFile } from "./ledger";

/** What this code writes. It reads every version up to here. */
const VERSION = 2;

const name = z.string();
const size = z.number().nullable();
const time = z.string().nullable();
const bytes = z.number().optional();

/** Entries are tuples, not properties: a remote file may be named `__proto__`. Sizes are bytes, times ISO 8601. */
const common = {
  folder: z.string(),
  files: z.array(z.tuple([name, size, time, bytes])),
  firstSeen: z.array(z.tuple([name, z.string(), size.optional(), time.optional()])),
};

const doubtSchema = z.object({ outcome: z.enum(DOUBT_OUTCOMES), run: z.string(), size, modified: time, bytes });

const failureSchema = z.object({ size, modified: time, told: z.string().optional() });

const markSchema = z.object({
  at: z.string().optional(),
  doubt: doubtSchema.optional(),
  failure: failureSchema.optional(),
});

const ledgerSchema = z.object({
  version: z.literal(VERSION),
  ...common,
  marks: z.array(z.tuple([name, size, time, markSchema])),
  gone: z.array(z.tuple([name, z.string(), size, time, bytes])),
  folders: z.array(z.tuple([name, z.enum(["present", "removed"])])),
  notFound: z.string().optional(),
  listedAt: z.string().optional(),
});

type StoredFile = z.infer<typeof ledgerSchema>["files"][number];

/** The same where {@link isStoredFile} has looked at the files, which are nearly all of a ledger: the schema takes ten times as long. */
const checkedLedgerSchema = ledgerSchema.extend({
  files: z.custom<StoredFile[]>((files) => Array.isArray(files) && files.every(isStoredFile)),
});

function isStoredFile(entry: unknown): entry is StoredFile {
  if (!Array.isArray(entry) || entry.length < 3 || entry.length > 4) {
    return false;
  }
  const [file, listedSize, modified, arrived = 0]: unknown[] = entry;
  return (
    typeof file === "string" &&
    (listedSize === null || Number.isFinite(listedSize)) &&
    (modified === null || typeof modified === "string") &&
    Number.isFinite(arrived)
  );
}

/** `unconfirmed`: name, size, time, and the first run in which the file did not arrive so. */
const firstVersionSchema = z.object({
  version: z.literal(1),
  ...common,
  unconfirmed: z.array(z.tuple([name, size, time, z.string()])).default([]),
});

const versionSchema = z.object({ version: z.number() });

/** What stands where a folder's ledger belongs is none: the text is damaged, or of somebody else. */
export class UnreadableLedger extends Error {
  override readonly name = "UnreadableLedger";
}

/**
 * @param key for messages.
 * @throws UnreadableLedger
 * @throws RunError `LedgerTooNew` where a later version of this code has written it, and may know what this one does not.
 */
export function parseLedger(text: string, key: string): FolderLedger {
  const json = jsonOrNothing(text);
  const { version = 0 } = versionSchema.safeParse(json).data ?? {};
  if (version > VERSION) {
    throw new RunError(
      "LedgerTooNew",
      `The ledger ${key} has version ${version}; this version of the engine reads up to ${VERSION}`,
    );
  }
  const checked = checkedLedgerSchema.safeParse(json);
  if (checked.success) {
    return fromCurrent(checked.data);
  }
  const first = firstVersionSchema.safeParse(json);
  if (first.success) {
    return fromFirst(first.data);
  }
  // It says where in the files, too.
  const { error = checked.error } = version === 1 ? first : ledgerSchema.safeParse(json);
  throw new UnreadableLedger(`${key}: ${firstIssues(error)}`);
}

function fromCurrent(stored: z.infer<typeof ledgerSchema>): FolderLedger {
  return {
    ...fromCommon(stored),
    marks: new Map(
      stored.marks.map(([file, listedSize, modified, { doubt, failure, ...mark }]): [string, Mark] => [
        file,
        {
          ...mark,
          ...entry(listedSize, modified),
          ...(doubt === undefined ? {} : { doubt: { ...doubt, ...entry(doubt.size, doubt.modified) } }),
          ...(failure === undefined ? {} : { failure: { ...failure, ...entry(failure.size, failure.modified) } }),
        },
      ]),
    ),
    gone: new Map(
      stored.gone.map(([file, at, known, modified, arrived]) => [
        file,
        { at, ...entry(known, modified), ...(arrived === undefined ? {} : { bytes: arrived }) },
      ]),
    ),
    folders: new Map(stored.folders),
    notFound: stored.notFound,
    listedAt: stored.listedAt,
    isFormer: false,
  };
}

/** Which of both happened, and when, was not written down: an object of another size may have been left behind. */
function fromFirst(stored: z.infer<typeof firstVersionSchema>): FolderLedger {
  const marks = stored.unconfirmed.map(([file, listedSize, modified, run]): [string, Mark] => {
    const listed = entry(listedSize, modified);
    return [file, { ...listed, doubt: { outcome: "changed", run, ...listed } }];
  });
  return {
    ...fromCommon(stored),
    marks: new Map(marks),
    gone: new Map(),
    folders: new Map(),
    notFound: undefined,
    listedAt: undefined,
    isFormer: false,
  };
}

function fromCommon({ files, firstSeen }: Pick<z.infer<typeof ledgerSchema>, "files" | "firstSeen">) {
  return {
    files: verifiedFiles(files),
    firstSeen: new Map(firstSeen.map(([file, at, known, modified]) => [file, { at, ...entry(known, modified) }])),
  };
}

function verifiedFiles(stored: readonly StoredFile[]): Map<string, VerifiedFile> {
  const files = new Map<string, VerifiedFile>();
  for (const [file, listedSize, modified, arrived] of stored) {
    const listed = entry(listedSize, modified);
    files.set(file, arrived === undefined ? listed : { ...listed, bytes: arrived });
  }
  return files;
}

function entry(listedSize: number | null | undefined, modified: string | null | undefined): LedgerEntry {
  return { size: listedSize ?? undefined, modified: modified ?? undefined };
}

export function formatLedger(folder: string, ledger: FolderLedger): string {
  const { files, firstSeen, marks, gone, folders, notFound, listedAt } = ledger;
  const stored: z.infer<typeof ledgerSchema> = {
    version: VERSION,
    folder,
    listedAt,
    notFound,
    files: [...files].map(([file, known]) => withBytes([file, ...written(known)], known.bytes)),
    firstSeen: [...firstSeen].map(([file, sight]) => [file, sight.at, ...written(sight)]),
    marks: [...marks].map(([file, { at, doubt, failure, ...listed }]) => [
      file,
      ...written(listed),
      {
        at,
        doubt: doubt && { ...doubt, ...nullable(doubt) },
        failure: failure && { ...failure, ...nullable(failure) },
      },
    ]),
    gone: [...gone].map(([file, left]) => withBytes([file, left.at, ...written(left)], left.bytes)),
    folders: [...folders],
  };
  return JSON.stringify(stored);
}

function nullable({ size: listedSize, modified }: LedgerEntry) {
  return { size: listedSize ?? null, modified: modified ?? null };
}

function written(listed: LedgerEntry): [number | null, string | null] {
  const { size: listedSize, modified } = nullable(listed);
  return [listedSize, modified];
}

/** Few files need the last figure. */
function withBytes<T extends readonly unknown[]>(tuple: T, arrived: number | undefined): [...T, number?] {
  return arrived === undefined ? [...tuple] : [...tuple, arrived];
}
