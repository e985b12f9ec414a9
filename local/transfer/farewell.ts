import type { Mask } from "./secret-words";
import { inQuotes } from "./server-words";

/** How ssh2's debugging output tells of a server that ends the connection. */
const DISCONNECT = /^Inbound: Received DISCONNECT \(\d+, "(.*)"\)$/s;

/**
 * What a server said when it ended a connection. ssh2 passes that on as an error only for some of the protocol's reasons; for
 * the one that servers give most, such as when too many clients are there, it is to be had from its debugging output alone.
 */
export class Farewell {
  private said: string | undefined;

  constructor(private readonly mask: Mask) {}

  /** @param message of ssh2's debugging output: it tells of every packet. */
  hear(message: string): void {
    const [, text] = DISCONNECT.exec(message) ?? [];
    if (text !== undefined) {
      this.said ??= inQuotes(this.mask(text));
    }
  }

  /** In quotes; undefined where it said nothing. */
  get words(): string | undefined {
    return this.said === undefined ? undefined : `the server ended it and said ${this.said}`;
  }

  /** For the end of an error, whose message is masked already; empty where the server said nothing, or just that. */
  beside(message: string): string {
    return this.said === undefined || this.said === inQuotes(message) ? "" : `; the server says ${this.said}`;
  }
}
