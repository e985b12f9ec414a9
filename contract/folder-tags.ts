/** Replaced in Folder by the run's date in UTC, with as many digits as are given here. */
export const FOLDER_TAGS: Readonly<Record<string, number>> = { "%year%": 4, "%month%": 2, "%day%": 2 };

export const TAGS: readonly string[] = Object.keys(FOLDER_TAGS);

export function hasDateTags(folder: string): boolean {
  return TAGS.some((tag) => folder.includes(tag));
}

/** The folder's beginning down to the first level that has a tag; the whole of it where none has. */
export function throughFirstTag(folder: string): string {
  const levels = folder.split("/");
  const tagged = levels.findIndex(hasDateTags);
  return tagged < 0 ? folder : levels.slice(0, tagged + 1).join("/");
}

/** A text in which something stands for each digit that a tag has on any date. */
export function withTagsAs(digit: string, text: string): string {
  return Object.entries(FOLDER_TAGS).reduce((all, [tag, digits]) => all.replaceAll(tag, digit.repeat(digits)), text);
}

/** The folder with digits for its tags: as long as it will be on any date. */
export function withDigitsForTags(folder: string): string {
  return withTagsAs("0", folder);
}
