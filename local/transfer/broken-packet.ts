import { inQuotes } from "./server-words";

const TOO_LONG = /^Packet length (\d+) exceeds max length of (\d+)$/;

/**
 * What an error of the SFTP stream means. Text in the place of a packet is read as its length: the word `This` is one of
 * 1416128883 bytes.
 */
export function explainBrokenPacket(message: string): string {
  const [, length, limit] = TOO_LONG.exec(message) ?? [];
  if (length === undefined) {
    return message;
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(Number(length));
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) {
    return (
      `it prints text where SFTP should begin: ${inQuotes(bytes.toString("latin1"))}... A login script such as .bashrc, or a ` +
      "shell in the place of the SFTP subsystem, does that; the server's owner can mend it"
    );
  }
  return (
    `it sends a packet of ${length} bytes, and ${limit} are the most that is taken here. A connector on AWS may well take it: ` +
    "no limit of its own is documented"
  );
}
