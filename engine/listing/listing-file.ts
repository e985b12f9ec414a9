import { z } from "zod";

/** What the connector writes of one folder. Times and sizes are optional (API reference); `truncated` is seen as text. */
const listingFileSchema = z.object({
  files: z
    .array(
      z.object({
        filePath: z.string(),
        modifiedTimestamp: z.union([z.string(), z.number()]).nullish(),
        size: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
      }),
    )
    .nullish(),
  paths: z.array(z.object({ path: z.string() })).nullish(),
  truncated: z.union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })]).nullish(),
});

export interface ListedFile {
  readonly path: string;
  /** Bytes; absent where the remote server does not say. */
  readonly size?: number;
  /** ISO 8601; absent where the remote server does not say, or says nothing that is a time. */
  readonly modified?: string;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  readonly folders: readonly string[];
  readonly truncated: boolean;
}

/** @throws Error where the text is not a listing. */
export function parseListing(text: string): Listing {
  const { files, paths, truncated } = listingFileSchema.parse(JSON.parse(text));
  return {
    files: (files ?? []).map(({ filePath, size, modifiedTimestamp }) => {
      const modified = time(modifiedTimestamp);
      return {
        path: filePath,
        ...(typeof size === "number" ? { size } : {}),
        ...(modified === undefined ? {} : { modified }),
      };
    }),
    folders: (paths ?? []).map(({ path }) => path),
    truncated: truncated ?? false,
  };
}

/** The user guide's words are "in seconds, UTC", its example is ISO 8601: both are read. */
function time(written: string | number | null | undefined): string | undefined {
  const seconds = /^\d+$/.test(String(written)) ? Number(written) : undefined;
  const at = new Date(seconds === undefined ? String(written) : seconds * 1000);
  if (Number.isNaN(at.getTime())) {
    return undefined;
  }
  return seconds === undefined ? String(written) : at.toISOString();
}
