/** The text without the slashes at its end, in time that grows with its length only. */
export function withoutSlashesAtEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") {
    end -= 1;
  }
  return text.slice(0, end);
}

/** The text without the slashes at both ends. */
export function withoutSlashesAround(text: string): string {
  return withoutSlashesAtEnd(text).replace(/^\/+/, "");
}
