import type { Socket } from "node:net";
import type { Mask } from "./secret-words";
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

/** Lines may come before the one that says SSH (RFC 4253, 4.2), in segments of their own. */
const MOST_BYTES = 8192;

/** What a server said first, before anything else is known of it. */
export class Greeting {
  private said = "";

  /** @param onOther called where another protocol is spoken there: nobody has to wait for SSH any more. */
  constructor(
    socket: Socket,
    onOther: () => void,
    private readonly mask: Mask,
  ) {
    const listen = (bytes: Buffer) => {
      this.said += bytes.toString("latin1");
      const other = otherProtocol(this.said);
      if (this.isSsh || other !== undefined || this.said.length > MOST_BYTES) {
        socket.off("data", listen);
      }
      if (other !== undefined) {
        onOther();
      }
    };
    socket.on("data", listen);
  }

  private get isSsh(): boolean {
    return /^SSH-/m.test(this.said);
  }

  /** Why this is no SSH server; undefined where it is one, or has said nothing. */
  get notSsh(): string | undefined {
    if (this.said === "" || this.isSsh) {
      return undefined;
    }
    const other = otherProtocol(this.said);
    const protocol = other === undefined ? "" : `: it speaks ${other}`;
    const words = inQuotes(this.mask(this.said));
    return `no SSH server answers there${protocol}${words === undefined ? "" : `, and begins with ${words}`}`;
  }
}
