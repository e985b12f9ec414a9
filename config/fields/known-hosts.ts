import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";
import type { HostAndPort } from "./url";

/** What the hosts of a known_hosts line say about a server. */
export type KnownHosts = "its" | "another's" | "not-its";

const DEFAULT_PORT = 22;

/**
 * Whom the first field of a known_hosts line is about (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): names and patterns with `*` and
 * `?`, divided by commas, `[host]:port` where the port is not 22; `!` before those that are excepted; or one hashed name.
 */
export function knownHosts(field: string, server: HostAndPort): KnownHosts {
  const names = namesOf(server);
  if (field.startsWith("|")) {
    return names.some((name) => isHashOf(field, name)) ? "its" : "another's";
  }
  const patterns = field.split(",").map((pattern) => (isAddress(pattern) ? shortForm(pattern) : pattern));
  const matches = (pattern: string) => names.some((name) => isMatch(pattern, name));
  if (patterns.some((pattern) => pattern.startsWith("!") && matches(pattern.slice(1)))) {
    return "not-its";
  }
  return patterns.some((pattern) => !pattern.startsWith("!") && matches(pattern)) ? "its" : "another's";
}

/** As ssh looks a server up. Port 22 is written too, by some. */
function namesOf({ host, port }: HostAndPort): string[] {
  const name = isAddress(host) ? shortForm(host) : host.toLowerCase().replace(/\.$/, "");
  const withPort = `[${name}]:${port}`;
  return port === DEFAULT_PORT ? [name, withPort] : [withPort];
}

/** One of the many spellings of an address. */
const shortForm = (address: string) => new URL(`http://[${address}]`).hostname.slice(1, -1);

/** One with a zone, such as `fe80::1%eth0`, has no other spelling. */
const isAddress = (text: string) => isIPv6(text) && !text.includes("%");

/** `*` stands for any characters, `?` for one. In time that grows with both lengths only, whatever a pattern holds. */
function isMatch(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let index = 0; index < name.length; ) {
    if (wanted[at] === "*") {
      star = at;
      at += 1;
      afterStar = index;
    } else if (wanted[at] === "?" || wanted[at] === name[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      at = star + 1;
      afterStar += 1;
      index = afterStar;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(at));
}

/** `|1|SALT|HASH`, both base64: HMAC-SHA1 of the name. */
function isHashOf(field: string, name: string): boolean {
  const [, version, salt = "", hash] = field.split("|");
  return version === "1" && createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === hash;
}
