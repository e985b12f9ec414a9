export const isBlank = (line: string) => line.trim() === "";

/** Where lines begin and end in a text, by offsets of its characters. */
export class TextLines {
  constructor(private readonly text: string) {}

  /** The end of a line without its line break, which may be of one character or two. */
  withoutLineBreak(end: number): number {
    if (this.text.charAt(end - 1) !== "\n") {
      return end;
    }
    return this.text.charAt(end - 2) === "\r" ? end - 2 : end - 1;
  }

  /** Where the line of an offset begins. */
  lineStart(offset: number): number {
    return offset <= 0 ? 0 : this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** Where the line after that of an offset begins; the end of the text where there is none. */
  nextLine(offset: number): number {
    const lineBreak = this.text.indexOf("\n", offset);
    return lineBreak === -1 ? this.text.length : lineBreak + 1;
  }

  /** From 0. */
  column(offset: number): number {
    return offset - this.lineStart(offset);
  }

  /** The column, where nothing stands before it in its line. */
  columnIfAlone(offset: number): number | undefined {
    return isBlank(this.text.slice(this.lineStart(offset), offset)) && this.lineStart(offset) > 0
      ? this.column(offset)
      : undefined;
  }
}
