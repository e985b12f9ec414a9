/** Replaced in Folder by the run's date in UTC, with as many digits as are given here. */
export const FOLDER_TAGS: Readonly<Record<string, number>> = { "%year%": 4, "%month%": 2, "%day%": 2 };

export const TAGS: readonly string[] = Object.keys(FOLDER_TAGS);

export function hasDateTags(folder: string): boolean {
  return TAGS.some((tag) => folder.includes(tag));
}

/** The folder with digits for its tags: as long as it will be on any date. */
export function withDigitsForTags(folder: string): string {
  return Object.entries(FOLDER_TAGS).reduce((text, [tag, digits]) => text.replaceAll(tag, "0".repeat(digits)), folder);
}

/** The folder's beginning that is the same on every date; the whole of it where there are no tags. */
export function beforeDateTags(folder: string): string {
  const places = TAGS.map((tag) => folder.indexOf(tag)).filter((place) => place >= 0);
  return places.length === 0 ? folder : folder.slice(0, Math.min(...places));
}
