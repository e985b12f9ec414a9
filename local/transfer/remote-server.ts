import type { Socket } from "node:net";
import type { RemoteAddress } from "./remote-address";
import type { SecurityPolicy } from "./security-policies";

/** What the connector's secret holds; at least one of password and private key. */
export interface SftpCredentials {
  readonly username: string;
  readonly password?: string;
  /** The key itself, in OpenSSH or PEM form, without a passphrase. */
  readonly privateKey?: string;
}

/** Opens the TCP connection to a server. */
export type Dial = (address: RemoteAddress) => Socket;

/** A server, how it is known, and how to get in. */
export interface RemoteServer {
  /** `host` or `host:port`. */
  readonly url: string;
  readonly trustedHostKeys: readonly string[];
  readonly policy: SecurityPolicy;
  /** `undefined`: the secret has no value. */
  readonly credentials: SftpCredentials | undefined;
  /** `undefined`: plainly. */
  readonly dial?: Dial | undefined;
}
