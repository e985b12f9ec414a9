export interface RemoteAddress {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 22;

/**
 * Reads a connector's Url: `host`, `host:port`, an IPv6 address in brackets; `sftp://` in front is accepted.
 * @returns `undefined` for anything else.
 */
export function parseRemoteAddress(url: string): RemoteAddress | undefined {
  const match = /^(?:sftp:\/\/)?(?:\[(?<ipv6>[0-9a-f:.%]+)\]|(?<name>[^:/@\s]+))(?::(?<port>\d{1,5}))?\/?$/i.exec(url);
  const host = match?.groups?.ipv6 ?? match?.groups?.name;
  const port = Number(match?.groups?.port ?? DEFAULT_PORT);
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port };
}
