import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { ServerDefinition } from "../../../contract/model";
import { describeHostKey } from "../../../local/transfer/host-keys";

/**
 * Whose credentials go where, in one line. Another server's name, another user, another address or another key is another
 * question.
 */
export function destinationOf({ name, url, trustedHostKeys }: ServerDefinition, username: string): string {
  const keys = trustedHostKeys.map((key) => describeHostKey(Buffer.from(key.split(" ")[1] ?? "", "base64")));
  return JSON.stringify([name, username, url, ...keys.sort()]);
}

/** The destinations to which somebody at this machine has agreed to send credentials: a file with one a line. */
export class ApprovedServers {
  constructor(private readonly file: string) {}

  async has(destination: string): Promise<boolean> {
    const text = await readFile(this.file, "utf8").catch(() => "");
    return text.split("\n").includes(destination);
  }

  /** Where it can't be written, the question is asked again the next time. */
  async add(destination: string): Promise<void> {
    try {
      await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
      await appendFile(this.file, `${destination}\n`, { mode: 0o600 });
    } catch {
      // A project that belongs to somebody else.
    }
  }
}
