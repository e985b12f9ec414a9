import { appendFile, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ServerDefinition } from "../../../contract/model";
import { makePrivateFolder } from "../../../local/privacy/make-folder";
import { strangerAt } from "../../../local/privacy/strangers";
import { describeHostKey } from "../../../local/transfer/host-keys";
import { stateFolder } from "./state-folder";

/**
 * Whose credentials go where. Another server's name, another user, another address or another key is another question.
 */
export function destinationOf({ name, url, trustedHostKeys }: ServerDefinition, username: string): string[] {
  const keys = trustedHostKeys.map((key) => describeHostKey(Buffer.from(key.split(" ")[1] ?? "", "base64")));
  return [name, username, url, ...keys.sort()];
}

/** The destinations to which somebody at this machine has agreed to send credentials. */
export interface ApprovedServers {
  has(destination: readonly string[]): Promise<boolean>;
  /** Where nothing can be kept, the question is asked again the next time. */
  add(destination: readonly string[]): Promise<void>;
}

/**
 * Those of a project: lines of a file outside of it, since whoever has a branch merged can put any file into a project.
 * @param project its folder.
 */
export async function approvedServers(project: string): Promise<ApprovedServers> {
  const root = await realpath(project);
  const folder = await stateFolder(root);
  const file = folder === undefined ? undefined : join(folder, "approved-servers");
  const lineOf = (destination: readonly string[]) => JSON.stringify([root, ...destination]);
  return {
    has: async (destination) => {
      // What others can write may be theirs.
      if (file === undefined || (await strangerAt(file)) !== undefined) {
        return false;
      }
      const text = await readFile(file, "utf8").catch(() => "");
      return text.split("\n").includes(lineOf(destination));
    },
    add: async (destination) => {
      if (file === undefined || (await strangerAt(file)) !== undefined) {
        return;
      }
      try {
        await makePrivateFolder(dirname(file));
        await appendFile(file, `${lineOf(destination)}\n`, { mode: 0o600 });
      } catch {
        // A home that is read-only, or none.
      }
    },
  };
}
