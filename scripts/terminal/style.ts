import type { WriteStream } from "node:tty";
import { styleText } from "node:util";

/** A colour or weight of text, or several. */
export type Format = Parameters<typeof styleText>[0];

/**
 * Text in a colour or weight, where the stream is a terminal that has them: NO_COLOR, FORCE_COLOR and TERM=dumb are heeded.
 * A pipe or file gets the text alone.
 */
export function styled(format: Format, text: string, stream: WriteStream = process.stdout): string {
  return stream.isTTY && stream.hasColors() ? styleText(format, text) : text;
}
