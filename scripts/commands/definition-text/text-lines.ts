export const isBlank = (line: string) => line.trim() === "";

/** A text, its lines, and offsets in it. Both kinds of line ends are known. */
export class TextLines {
  constructor(private readonly text: string) {}

  /** With the comments that follow deeper in the text: they belong to what is above. */
  endWithComments(end: number, column: number): number {
    const next = this.nextLine(end);
    const line = this.text.slice(next, this.nextLine(next));
    const isDeeper = /^ *#/.test(line) && line.indexOf("#") > column;
    return isDeeper && next > end ? this.endWithComments(this.withoutLineBreak(this.nextLine(next)), column) : end;
  }

  /** An end that stands before a line break, where it stood after it. */
  withoutLineBreak(end: number): number {
    if (this.text.charAt(end - 1) !== "\n") {
      return end;
    }
    return this.text.charAt(end - 2) === "\r" ? end - 2 : end - 1;
  }

  /** The offset after the colon that follows a key. */
  afterColon(keyEnd: number): number {
    return this.text.indexOf(":", keyEnd) + 1;
  }

  lineStart(offset: number): number {
    return offset <= 0 ? 0 : this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** Where the next line begins, or the text ends. */
  nextLine(offset: number): number {
    const lineBreak = this.text.indexOf("\n", offset);
    return lineBreak === -1 ? this.text.length : lineBreak + 1;
  }

  column(offset: number): number {
    return offset - this.lineStart(offset);
  }

  /** The column, where nothing stands before it in its line. */
  columnIfAlone(offset: number): number | undefined {
    return isBlank(this.text.slice(this.lineStart(offset), offset)) && this.lineStart(offset) > 0
      ? this.column(offset)
      : undefined;
  }

  /** The text with something in the place of a part of it. */
  splice(start: number, end: number, made: string): string {
    return `${this.text.slice(0, start)}${made}${this.text.slice(end)}`;
  }
}
