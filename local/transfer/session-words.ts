import type { Client, ClientChannel } from "ssh2";
import type { Mask } from "./secret-words";
import { inQuotes } from "./server-words";

/** A server that has something to say about a session says it, and ends the session. */
const LISTEN_MS = 10_000;

/** Of what is said, so many bytes are kept. */
const MOST_BYTES = 4096;

/**
 * What a server says in the place of SFTP, such as a login script's text, or on its error stream, such as why it refuses the
 * user a session. The SFTP client drops both, so the session is asked for once more, as plain bytes.
 * @returns in quotes; undefined where it says nothing, or nothing that is text.
 */
export async function sessionWords(client: Client, mask: Mask): Promise<string | undefined> {
  return inQuotes(mask(textOf(await sessionBytes(client))));
}

function sessionBytes(client: Client): Promise<Buffer> {
  return new Promise((resolve) => {
    let said = Buffer.alloc(0);
    const end = () => {
      clearTimeout(timer);
      resolve(said);
    };
    const timer = setTimeout(end, LISTEN_MS);
    client.once("close", end);
    try {
      client.subsys("sftp", (error, channel: ClientChannel | undefined) => {
        if (error || channel === undefined) {
          end();
          return;
        }
        // At once: what the server says may have come with its answer.
        const take = (piece: Buffer) => {
          said = Buffer.concat([said, piece]).subarray(0, MOST_BYTES);
          if (said.length === MOST_BYTES) {
            channel.off("data", take).destroy();
            end();
          }
        };
        channel.on("data", take).once("close", end).once("error", end);
        channel.stderr.on("data", take);
      });
    } catch {
      end(); // The connection is gone.
    }
  });
}

/** A packet of SFTP is no text: it begins with its length. */
function textOf(bytes: Buffer): string {
  return bytes.includes(0) ? "" : bytes.toString("utf8");
}
