import { DEFAULT_SECURITY_POLICY } from "../../../config/fields/security-policy";
import { listFolder } from "../../../local/transfer/list-folder";
import { RemoteFailure } from "../../../local/transfer/remote-failure";
import { RemoteSession } from "../../../local/transfer/remote-session";
import { securityPolicy } from "../../../local/transfer/security-policies";
import { connectSftp } from "../../../local/transfer/sftp-connection";
import type { World } from "../world";

export interface Answers {
  /** The failure's code where a folder that is not there is listed. */
  readonly missingFolder: string;
  /** The most names of the tree's first folder that came in one answer. */
  readonly namesPerAnswer: number;
}

/** What a server with the tree answers to a few requests. */
export async function askServer({ remote }: World): Promise<Answers> {
  const { url, hostPublicKeys: trustedHostKeys, credentials, base } = remote;
  const policy = securityPolicy(DEFAULT_SECURITY_POLICY);
  const { signal } = new AbortController();
  const session = new RemoteSession(await connectSftp({ url, trustedHostKeys, policy, credentials }, { signal }));
  try {
    return {
      missingFolder: await listFolder(session, `${base}/missing`, 1).then(
        () => "listed as empty",
        (error: unknown) => (error instanceof RemoteFailure ? error.code : String(error)),
      ),
      namesPerAnswer: await longestAnswer(session, `${base}/in`),
    };
  } finally {
    session.close();
  }
}

async function longestAnswer(session: RemoteSession, folder: string): Promise<number> {
  const handle = await session.openFolder(folder);
  let longest = 0;
  for (let names = await session.readFolder(handle); names; names = await session.readFolder(handle)) {
    longest = Math.max(longest, names.length);
  }
  return longest;
}
