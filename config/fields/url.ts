import { isIP, isIPv4, isIPv6 } from "node:net";
import { domainToASCII } from "node:url";
import { withoutSlashesAtEnd } from "../../contract/slashes";
import { error, type Finding, type Parsed, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";
import { unreachableReason } from "./unreachable-address";

const EXPECTED = "a host name or IP address, with a port if it is not 22, such as sftp.example.com:2222";

const PUBLIC = "a host name or public IPv4 address; locally any address";

/** Longest Url of a connector (Transfer API model); the stacks put `sftp://` before ours. */
const MAX_LENGTH = 255 - "sftp://".length;

const LABEL = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

export interface HostAndPort {
  /** IPv6 addresses without their brackets. */
  readonly host: string;
  readonly port: number;
}

/** `Url` of a definition as `host` or `host:port`. */
export function parseUrl(text: string): Parsed<string> {
  if (text.includes("@")) {
    // Never shown: a password may stand before the @.
    const message = "holds a user before an @, and credentials do not belong in a file";
    return { findings: [error(message, { allowed: `${EXPECTED}; user and password go into the server's secret` })] };
  }
  const protocol = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (protocol !== undefined && protocol !== "sftp") {
    return refuse(`${protocol} is not SFTP`, text);
  }
  const stripped = text.trim().replace(/^sftp:\/\//i, "");
  const url = withoutSlashesAtEnd(stripped);
  if (/[/?#]/.test(url)) {
    return refuse("holds more than host and port: a folder belongs in RemoteFolders.Folder", text);
  }
  if (isIPv6(url)) {
    return refuse("an IPv6 address must stand in square brackets", text, `[${url}]`);
  }
  const ascii = asciiForm(url);
  if (ascii !== undefined) {
    return refuse("has characters beyond ASCII", text, ascii);
  }
  const reason = hostAndPortReason(url);
  if (reason !== undefined) {
    // A password may stand behind a colon that was meant to divide it from a user.
    const { host, port } = splitPort(url);
    return refuse(reason, port === undefined || isPort(port) ? text : `${host}:...`);
  }
  const unreachable = unreachableReason(hostAndPort(url).host);
  return {
    value: url,
    findings: [
      ...(protocol === undefined ? [] : [stripWarning("the protocol is not needed and was removed", url)]),
      ...(stripped === url ? [] : [stripWarning("the slash at the end was removed", url)]),
      ...(unreachable === undefined
        ? []
        : [warning(unreachable, { received: describeReceived(text), allowed: PUBLIC })]),
    ],
  };
}

/** Takes a valid `host` or `host:port` apart; the port is 22 where none is given. */
export function hostAndPort(url: string): HostAndPort {
  const { host, port } = splitPort(url);
  return { host: host.replace(/^\[(.*)\]$/, "$1"), port: port === undefined ? 22 : Number(port) };
}

/** `xn--mller-kva.example` for `müller.example`: what stands in the DNS, and what AWS takes. */
function asciiForm(url: string): string | undefined {
  const { host, port } = splitPort(url);
  const ascii = /[^\p{ASCII}]/u.test(host) ? domainToASCII(host) : "";
  const form = port === undefined ? ascii : `${ascii}:${port}`;
  return ascii !== "" && hostAndPortReason(form) === undefined ? form : undefined;
}

function hostAndPortReason(url: string): string | undefined {
  if (url.length > MAX_LENGTH) {
    return `is longer than ${MAX_LENGTH} characters`;
  }
  const { host, port } = splitPort(url);
  if (port !== undefined && !isPort(port)) {
    return "the port is not a number from 1 to 65535";
  }
  return isHost(host) ? undefined : "is not a host name or IP address";
}

function splitPort(url: string): { host: string; port?: string } {
  const [, host, port] = /^(\[[^\]]*\]|[^:[]*):(.*)$/.exec(url) ?? [];
  return host === undefined || port === undefined ? { host: url } : { host, port };
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function isHost(host: string): boolean {
  if (host.startsWith("[")) {
    return host.endsWith("]") && isIPv6(host.slice(1, -1)) && !host.includes("%"); // A zone is this machine's own.
  }
  if (/^[\d.]+$/.test(host)) {
    return isIPv4(host);
  }
  return isIP(host) !== 0 || (host.length <= 253 && host.replace(/\.$/, "").split(".").every(isLabel));
}

function isLabel(label: string): boolean {
  return LABEL.test(label);
}

function refuse(message: string, text: string, allowed = EXPECTED): Parsed<string> {
  return { findings: [error(message, { received: describeReceived(text), allowed })] };
}

function stripWarning(message: string, url: string): Finding {
  return warning(message, { allowed: url });
}
