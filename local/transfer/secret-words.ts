import type { SftpCredentials } from "./remote-server";

/** Takes secrets out of a server's own words, before anything is cut off them. */
export type Mask = (words: string) => string;

const SHOWN = "***";

/** A secret that is shorter is found in many a word, and would be told by what is missing: it counts where it stands alone. */
const SHORTEST_IN_WORDS = 4;

/** Of a private key, what is no secret: lines that every key has, and ends of lines. */
const KEY_FRAME = /^-----/;
const SHORTEST_KEY_LINE = 16;

/**
 * The mask for one login: its password, as it is and as it is often encoded, and the lines of its private key. A server that
 * accepts a password has it, and may say it; logs and reports are read by others. In whatever else a server may write it, such as in
 * the names of its files, it is not found.
 */
export function maskFor({ username, password = "", privateKey = "" }: Partial<SftpCredentials> = {}): Mask {
  const key = privateKey.split(/\s+/).filter((line) => line.length >= SHORTEST_KEY_LINE && !KEY_FRAME.test(line));
  const forms = password === "" ? [] : formsOf(username ?? "", password);
  // The longest first, since one form may be the beginning of another.
  const secrets = [...new Set([...forms, ...key])].sort((a, b) => b.length - a.length);
  return (words) => secrets.reduce(without, words);
}

function without(words: string, secret: string): string {
  if (secret.length >= SHORTEST_IN_WORDS) {
    return words.replaceAll(secret, SHOWN);
  }
  const letters = [...secret].map((letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`).join("");
  return words.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${letters}(?![\\p{L}\\p{N}])`, "gu"), SHOWN);
}

function formsOf(username: string, password: string): string[] {
  const encoded = [password, `${username}:${password}`].map((text) => Buffer.from(text));
  return [
    password,
    encodeURIComponent(Buffer.from(password).toString()), // Halves of letters, which it would refuse, are replaced.
    JSON.stringify(password).slice(1, -1),
    // As text that was read byte by byte has it.
    Buffer.from(password).toString("latin1"),
    ...encoded.flatMap((bytes) => [bytes.toString("base64").replace(/=+$/, ""), bytes.toString("base64url")]),
  ];
}
