import * as z from "zod";
import { isRecord } from "../../config/problems/path";
import { shortJson } from "../../contract/printable";
import { parseTime } from "./listing-time";

/** Entries are looked at one by one: an odd one is no reason to lose the others. */
const entriesSchema = z.custom<readonly unknown[]>(Array.isArray).nullish();

/** Seen as text; the API model says boolean. */
export const listingFlagSchema = z.union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })]);

const listingFileSchema = z.object({
  files: entriesSchema,
  paths: entriesSchema,
  // Of the local connector only.
  others: entriesSchema,
  truncated: listingFlagSchema.nullish(),
});

/** What a connector writes of an empty folder. */
export const EMPTY_LISTING: z.input<typeof listingFileSchema> = { files: [], paths: [], truncated: "false" };

export interface ListedFile {
  readonly path: string;
  /** Bytes; absent where the remote server does not say, or says nothing that is a size. */
  readonly size?: number;
  /** ISO 8601; absent where the remote server does not say, or says nothing that is a time. */
  readonly modified?: string;
}

/** What a connector writes of one folder, paths as it writes them. */
export interface Listing {
  readonly files: readonly ListedFile[];
  readonly folders: readonly string[];
  /**
   * What is there and is neither: pipes, sockets, devices, and links that lead nowhere. What a connector on AWS makes of those
   * is documented nowhere; the local one lists them so.
   */
  readonly others: readonly string[];
  /** Entries without a path, as they are written; long ones are cut. */
  readonly pathless: { readonly files: readonly string[]; readonly folders: readonly string[] };
  readonly truncated: boolean;
}

/** @throws Error where the text is not a listing. */
export function parseListing(text: string): Listing {
  const { files, paths, others, truncated } = listingFileSchema.parse(JSON.parse(text));
  const readFiles = readEntries(files ?? [], listedFile);
  const readFolders = readEntries(paths ?? [], listedPath);
  const readOthers = readEntries(others ?? [], listedPath);
  return {
    files: readFiles.read,
    folders: readFolders.read,
    others: readOthers.read,
    pathless: { files: [...readFiles.odd, ...readOthers.odd], folders: readFolders.odd },
    truncated: truncated ?? false,
  };
}

const MAX_CHARACTERS_OF_ODD_ENTRY = 100;

/** @param readEntry gives `undefined` for an entry without a path. A schema in its place takes ten times as long. */
function readEntries<T>(
  entries: readonly unknown[],
  readEntry: (entry: Record<string, unknown>) => T | undefined,
): { read: T[]; odd: string[] } {
  const read: T[] = [];
  const odd: string[] = [];
  for (const entry of entries) {
    const known = isRecord(entry) ? readEntry(entry) : undefined;
    if (known === undefined) {
      odd.push(shortJson(entry, MAX_CHARACTERS_OF_ODD_ENTRY));
    } else {
      read.push(known);
    }
  }
  return { read, odd };
}

/** Times and sizes are optional (API reference); what cannot be one counts as absent, since the file is there all the same. */
function listedFile({
  filePath,
  size: writtenSize,
  modifiedTimestamp,
}: Record<string, unknown>): ListedFile | undefined {
  if (!isPath(filePath)) {
    return undefined;
  }
  const file: { -readonly [field in keyof ListedFile]: ListedFile[field] } = { path: filePath };
  const size = listedSize(writtenSize);
  if (size !== undefined) {
    file.size = size;
  }
  const modified = parseTime(modifiedTimestamp);
  if (modified !== undefined) {
    file.modified = modified;
  }
  return file;
}

/** What is neither a file nor a folder is written like a folder. */
function listedPath({ path }: Record<string, unknown>): string | undefined {
  return isPath(path) ? path : undefined;
}

function isPath(written: unknown): written is string {
  return typeof written === "string" && written !== "";
}

function listedSize(written: unknown): number | undefined {
  const size = typeof written === "string" && /^\d+$/.test(written) ? Number(written) : written;
  return typeof size === "number" && Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}
