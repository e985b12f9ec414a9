import type { ListingManner } from "../transfer/listing-manner";

/** Forms in which a listing might write the path of an entry; the user guide shows the first. */
export const LISTED_PATHS = {
  absolute: (path) => path,
  slashless: (path) => path.slice(1),
  relative: (path) => path.slice(path.lastIndexOf("/") + 1),
} as const satisfies Readonly<Record<string, ListingManner["path"]>>;

/** Forms in which an answer might name a listing's output; the API reference shows the first. */
export const OUTPUT_NAMES = {
  name: ({ key }) => key.slice(key.lastIndexOf("/") + 1),
  key: ({ key }) => key,
  absolute: ({ bucket, key }) => `/${bucket}/${key}`,
} as const satisfies Readonly<Record<string, ListingManner["outputFileName"]>>;

export const LISTED_PATH_NAMES = ["absolute", "slashless", "relative"] as const satisfies (keyof typeof LISTED_PATHS)[];

export const OUTPUT_NAME_FORMS = ["name", "key", "absolute"] as const satisfies (keyof typeof OUTPUT_NAMES)[];
