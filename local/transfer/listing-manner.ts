import type { ListingDocument } from "./list-folder";

/** What a connector does with one listing where its documentation leaves that open. */
export interface ListingManner {
  /** Writes the path of an entry, given as an absolute one. */
  readonly path: (path: string) => string;
  /** `OutputFileName` of the answer. */
  readonly outputFileName: (output: { readonly bucket: string; readonly key: string }) => string;
  /** Whether there is an output where nothing is in the folder. */
  readonly writesEmpty: boolean;
  /** Whether the listing begins only once the connector has no file to transfer. */
  readonly afterTransfers: boolean;
}

/** As the examples of the API reference and the user guide have it. */
export const USUAL_MANNER: ListingManner = {
  path: (path) => path,
  outputFileName: ({ key }) => key.slice(key.lastIndexOf("/") + 1),
  writesEmpty: true,
  afterTransfers: false,
};

/** Writes the paths of a listing in a manner. */
export function spelled(
  { files, paths, others, truncated }: ListingDocument,
  { path: spell }: ListingManner,
): ListingDocument {
  return {
    files: files.map((file) => ({ ...file, filePath: spell(file.filePath) })),
    paths: paths.map(({ path }) => ({ path: spell(path) })),
    ...(others === undefined ? {} : { others: others.map(({ path }) => ({ path: spell(path) })) }),
    truncated,
  };
}
