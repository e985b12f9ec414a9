/** A table in Markdown. @param rows a cell for each column, in Markdown. */
export const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** Words of our own, in which nothing is markup. */
export const plainWords = (words: string): string => words.replaceAll(/[\\`*_{}[\]<>|#]/g, "\\$&");
