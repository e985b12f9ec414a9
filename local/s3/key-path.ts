import { invalidArgument, S3Error } from "./s3-error";

/**
 * How keys become files. A key is cut at its slashes; every segment but the last is a folder, the last is the file, each
 * under its own name, whatever characters that has. Only what cannot be a file name is escaped, into names that begin
 * with `.s3~`:
 *
 * | file name         | stands for                                                                                    |
 * | ----------------- | --------------------------------------------------------------------------------------------- |
 * | `.s3~name~TEXT`   | the segment TEXT: an empty one, `.`, `..`, one with NUL, one that itself begins with `.s3~`   |
 * | `.s3~part~TEXT`   | a folder; TEXT is the start of a segment over 255 bytes, which goes on inside                 |
 * | `.s3~object~TEXT` | the object of that segment, where its plain name is a folder (the keys `a` and `a/b`)         |
 *
 * In TEXT, `~7e` stands for `~` and `~00` for NUL. Letter case and Unicode normalisation are the file system's: Linux keeps
 * every name apart, macOS and Windows do not.
 */
const ESCAPE = ".s3~";
const MAX_NAME_BYTES = 255;
/** With the longest marker in front and every character escaped, a piece of this many bytes still fits in a name. */
const PIECE_BYTES = 80;
const MAX_KEY_BYTES = 1024;

type Marker = "name" | "part" | "object";

/** One file name of a bucket folder, read. */
export interface DecodedName {
  readonly marker: Marker;
  readonly text: string;
}

const escapeText = (text: string) => text.replaceAll("~", "~7e").replaceAll("\0", "~00");
const unescapeText = (text: string) => text.replaceAll("~00", "\0").replaceAll("~7e", "~");
const escaped = (marker: Marker, text: string) => `${ESCAPE}${marker}~${escapeText(text)}`;

const isPlain = (segment: string) =>
  segment !== "" && segment !== "." && segment !== ".." && !segment.startsWith(ESCAPE) && !segment.includes("\0");

const fits = (name: string) => Buffer.byteLength(name) <= MAX_NAME_BYTES;

/** Cuts a text into pieces of at most {@link PIECE_BYTES} bytes, between characters. */
function pieces(text: string): string[] {
  const result: string[] = [];
  let piece = "";
  for (const character of text) {
    if (Buffer.byteLength(piece) + Buffer.byteLength(character) > PIECE_BYTES) {
      result.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...result, piece];
}

/** The names, one inside the other, of one segment; more than one only where the segment is long. */
function segmentNames(segment: string, last: "name" | "object"): string[] {
  if (last === "name" && isPlain(segment) && fits(segment)) {
    return [segment];
  }
  const name = escaped(last, segment);
  if (fits(name)) {
    return [name];
  }
  const all = pieces(segment);
  return [...all.slice(0, -1).map((piece) => escaped("part", piece)), escaped(last, all.at(-1) ?? "")];
}

export interface KeyPath {
  /** What both of the others begin with: the folders of all segments but the last. */
  readonly folders: readonly string[];
  /** Folder names, and the file's name last. */
  readonly plain: readonly string[];
  /** The same, for an object whose plain name is taken by a folder. */
  readonly besideFolder: readonly string[];
}

/**
 * Where a key's object lies within its bucket's folder.
 * @throws S3Error for a key that S3 refuses: empty, over 1,024 bytes, or not representable in UTF-8.
 */
export function keyPath(key: string): KeyPath {
  const bytes = Buffer.from(key);
  if (key === "" || bytes.toString() !== key) {
    throw invalidArgument("A key is one or more characters that UTF-8 can represent");
  }
  if (bytes.length > MAX_KEY_BYTES) {
    throw new S3Error("KeyTooLongError", 400, `Your key is too long: ${bytes.length} bytes, allowed ${MAX_KEY_BYTES}`);
  }
  const segments = key.split("/");
  const folders = segments.slice(0, -1).flatMap((segment) => segmentNames(segment, "name"));
  const file = segments.at(-1) ?? "";
  return {
    folders,
    plain: [...folders, ...segmentNames(file, "name")],
    besideFolder: [...folders, ...segmentNames(file, "object")],
  };
}

/** Reads one file name; `undefined` for one that no key leads to. */
export function decodeName(name: string): DecodedName | undefined {
  if (!name.startsWith(ESCAPE)) {
    return { marker: "name", text: name };
  }
  const match = /^(name|part|object)~((?:[^~]|~7e|~00)*)$/su.exec(name.slice(ESCAPE.length));
  const [, marker, text] = match ?? [];
  if (text === undefined || (marker !== "name" && marker !== "part" && marker !== "object")) {
    return undefined;
  }
  return { marker, text: unescapeText(text) };
}

/** The name under which the object of a plain name lives once a folder takes that name. */
export function besideFolderName(name: string): string | undefined {
  const decoded = decodeName(name);
  if (decoded?.marker !== "name") {
    return undefined;
  }
  return segmentNames(decoded.text, "object").join("/");
}
