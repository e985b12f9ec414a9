import * as z from "zod";
import { shortJson } from "../../contract/printable";
import { parseTime } from "./listing-time";

/** Entries are looked at one by one: an odd one is no reason to lose the others. */
const entriesSchema = z.array(z.unknown()).nullish();

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

const pathSchema = z.string().min(1);

/** Times and sizes are optional (API reference); what cannot be one counts as absent, since the file is there all the same. */
const fileSchema = z.object({
  filePath: pathSchema,
  modifiedTimestamp: z.union([z.string(), z.number()]).optional().catch(undefined),
  size: z
    .union([z.int().min(0), z.string().regex(/^\d+$/).transform(Number).pipe(z.int())])
    .optional()
    .catch(undefined),
});

/** What is neither a file nor a folder is written like a folder. */
const folderSchema = z.object({ path: pathSchema });

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
  const readFiles = readEntries(files ?? [], fileSchema);
  const readFolders = readEntries(paths ?? [], folderSchema);
  const readOthers = readEntries(others ?? [], folderSchema);
  return {
    files: readFiles.read.map(({ filePath, size, modifiedTimestamp }) => {
      const modified = parseTime(modifiedTimestamp);
      return {
        path: filePath,
        ...(size === undefined ? {} : { size }),
        ...(modified === undefined ? {} : { modified }),
      };
    }),
    folders: readFolders.read.map(({ path }) => path),
    others: readOthers.read.map(({ path }) => path),
    pathless: { files: [...readFiles.odd, ...readOthers.odd], folders: readFolders.odd },
    truncated: truncated ?? false,
  };
}

const MAX_CHARACTERS_OF_ODD_ENTRY = 100;

function readEntries<T>(entries: readonly unknown[], schema: z.ZodType<T>): { read: T[]; odd: string[] } {
  const read: T[] = [];
  const odd: string[] = [];
  for (const entry of entries) {
    const result = schema.safeParse(entry);
    if (result.success) {
      read.push(result.data);
    } else {
      odd.push(shortJson(entry, MAX_CHARACTERS_OF_ODD_ENTRY));
    }
  }
  return { read, odd };
}
