/** For a look at a terminal: a long line, such as one with a host key, without its middle. @param columns at least 20. */
export function shortLines(text: string, columns: number): string {
  const half = Math.floor((columns - 3) / 2);
  return text.replaceAll(/.+/g, (line) =>
    line.length > columns ? `${line.slice(0, columns - 3 - half)}...${line.slice(-half)}` : line,
  );
}
