import { z } from "zod";

/** What the connector writes of one folder. Times and sizes are optional (API reference); `truncated` is seen as text. */
const listingFileSchema = z.object({
  files: z
    .array(
      z.object({
        filePath: z.string(),
        modifiedTimestamp: z.string().nullish(),
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
    files: (files ?? []).map(({ filePath, size, modifiedTimestamp }) => ({
      path: filePath,
      ...(typeof size === "number" ? { size } : {}),
      ...(isTime(modifiedTimestamp) ? { modified: modifiedTimestamp } : {}),
    })),
    folders: (paths ?? []).map(({ path }) => path),
    truncated: truncated ?? false,
  };
}

function isTime(text: string | null | undefined): text is string {
  return typeof text === "string" && !Number.isNaN(Date.parse(text));
}
