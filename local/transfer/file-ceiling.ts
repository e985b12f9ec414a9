import { MAX_FILE_BYTES } from "../../engine/decisions/decide";
import { RemoteFailure } from "./remote-failure";

/** A file may be appended to between its listing and its transfer, which may be hours. */
const MOST_GROWTH_BYTES = 64 * 1024 ** 2;

/** Servers list the size of a packed file and send it unpacked, about this many times as large: see `SizeMismatch`. */
const MOST_TIMES = 10;

/**
 * How many bytes of a file are taken: what it is listed with and 64 MiB, or ten times of that where that is more; never more than
 * what a connector on AWS moves.
 * @param listed bytes; `undefined` where the server does not say: then the last of these is all there is.
 */
function fileCeiling(listed: number | undefined): number {
  return listed === undefined
    ? MAX_FILE_BYTES
    : Math.min(MAX_FILE_BYTES, Math.max(listed + MOST_GROWTH_BYTES, listed * MOST_TIMES));
}

/**
 * A file's content, which a server may go on sending for ever.
 * @throws RemoteFailure `SIZE_EXCEEDED` once there is more of it than is taken; its consumer is to drop what came.
 */
export async function* withinCeiling(
  content: AsyncIterable<Uint8Array>,
  path: string,
  listed: number | undefined,
): AsyncGenerator<Uint8Array> {
  const most = fileCeiling(listed);
  let received = 0;
  for await (const piece of content) {
    received += piece.length;
    if (received > most) {
      const size = listed === undefined ? "without a size" : `with ${listed} bytes`;
      throw new RemoteFailure(
        "SIZE_EXCEEDED",
        `The file was given up, since the server does not come to its end: it is listed ${size}, and more than ${most} came. If it is ` +
          "still being written, let it settle by MinimumAgeSeconds, or wait for the next run; else leave it out by Exclude, or ask " +
          `the server's owner: ${path}`,
      );
    }
    yield piece;
  }
}
