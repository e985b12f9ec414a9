import { remoteFailure, sftpStatus } from "./remote-failure";
import type { RemoteSession } from "./remote-session";

/** What every server answers in one piece. */
const PIECE_BYTES = 32 * 1024;
/** Reads asked for ahead, so that a distant server is not waited for piece by piece; 2 MiB are all that lies in memory. */
const READ_AHEAD = 64;

/** Reads on from a position. A server may fail there instead of saying that the file is at its end: its size tells. */
async function readOn(session: RemoteSession, handle: Buffer, position: number, length: number): Promise<Buffer> {
  try {
    return await session.read(handle, position, length);
  } catch (error) {
    if (
      sftpStatus(error) === undefined ||
      position < (await session.sizeOf(handle).catch(() => Number.POSITIVE_INFINITY))
    ) {
      throw error;
    }
    return Buffer.alloc(0);
  }
}

/**
 * The bytes of one piece: servers may give fewer at a time than were asked for. Short only at the end of the file: for a file of one
 * piece its size, which is asked for at the same time, tells that; otherwise another read does, at the price of one more journey.
 */
async function readPiece(session: RemoteSession, handle: Buffer, position: number): Promise<Buffer> {
  const reading = readOn(session, handle, position, PIECE_BYTES);
  const size = position === 0 ? session.sizeOf(handle).catch(() => undefined) : undefined;
  const first = await reading;
  if (first.length === PIECE_BYTES || first.length === 0 || position + first.length === (await size)) {
    return first;
  }
  const parts = [first];
  let length = first.length;
  while (length < PIECE_BYTES) {
    const part = await readOn(session, handle, position + length, PIECE_BYTES - length);
    if (part.length === 0) {
      break;
    }
    parts.push(part);
    length += part.length;
  }
  return Buffer.concat(parts);
}

/** Names the file that is wanted on the same connection after this one; `undefined` where none is known. */
export type NextFile = () => string | undefined;

/** Whether a file comes with one answer, if its size is still what the server has listed. */
export const isOnePiece = (listedBytes: number | undefined): boolean =>
  listedBytes !== undefined && listedBytes < PIECE_BYTES;

/**
 * Streams a remote file from its start to where it ends now. Nothing more is asked for until what came is taken.
 * @param next for a file of one piece: the next one is opened together with the reading of this one, so that a small file takes
 *   one journey, and the server is woken once.
 * @throws RemoteFailure
 */
export async function* readRemoteFile(session: RemoteSession, path: string, next?: NextFile): AsyncGenerator<Buffer> {
  let handle: Buffer | undefined;
  const ahead: Promise<Buffer>[] = [];
  try {
    const file = await session.openFile(path);
    handle = file;
    let position = 0;
    const ask = () => {
      const piece = readPiece(session, file, position);
      piece.catch(() => undefined); // Seen when its turn comes, or of no interest any more.
      ahead.push(piece);
      position += PIECE_BYTES;
    };
    ask();
    const following = next?.();
    if (following !== undefined) {
      session.openAhead(following);
    }
    for (let asked = ahead.shift(); asked !== undefined; asked = ahead.shift()) {
      const piece = await asked;
      if (piece.length > 0) {
        yield piece;
      }
      if (piece.length < PIECE_BYTES) {
        return;
      }
      while (ahead.length < READ_AHEAD) {
        ask();
      }
    }
  } catch (error) {
    throw remoteFailure(error, path, "RETRIEVE_FILE_NOT_FOUND", "READ_FILE_ERROR");
  } finally {
    await Promise.allSettled(ahead);
    if (handle !== undefined) {
      session.closeHandle(handle); // The server takes requests in their order: it is closed before the next file is opened.
    }
  }
}
