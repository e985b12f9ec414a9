import type { Socket } from "node:net";
import { inQuotes } from "./server-words";

/** An alert of TLS, which takes an SSH client for one of its own that is mistaken. */
const TLS_ALERT = "\u0015\u0003";

/** How servers of other protocols begin. */
function otherProtocol(text: string): string | undefined {
  if (text.startsWith(TLS_ALERT)) {
    return "TLS, such as FTPS or HTTPS";
  }
  if (/^220[ -]/.test(text)) {
    return /smtp/i.test(text) ? "SMTP" : "FTP, which is not SFTP";
  }
  return text.startsWith("HTTP/") ? "HTTP" : undefined;
}

/** What a server said first, before anything else is known of it. */
export class Greeting {
  private first = "";

  /** @param onOther called where another protocol is spoken there: nobody has to wait for SSH any more. */
  constructor(socket: Socket, onOther: () => void) {
    socket.once("data", (bytes) => {
      this.first = bytes.subarray(0, 1000).toString("latin1");
      if (otherProtocol(this.first) !== undefined) {
        onOther();
      }
    });
  }

  /** Why this is no SSH server; undefined where it is one, or has said nothing. */
  get notSsh(): string | undefined {
    if (this.first === "" || /^SSH-/m.test(this.first)) {
      return undefined;
    }
    const other = otherProtocol(this.first);
    const protocol = other === undefined ? "" : `: it speaks ${other}`;
    const words = inQuotes(this.first);
    return `no SSH server answers there${protocol}${words === undefined ? "" : `, and begins with ${words}`}`;
  }
}
