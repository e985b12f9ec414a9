import { DEFAULT_SECURITY_POLICY } from "../../config/fields/security-policy";
import { listFolder } from "./list-folder";
import type { SftpCredentials } from "./remote-server";
import { RemoteSession } from "./remote-session";
import { securityPolicy } from "./security-policies";
import { connectSftp } from "./sftp-connection";

/** More folders than anybody chooses from. */
const MOST_ENTRIES = 2_000;

export interface BrowsedServer {
  /** `host` or `host:port`. */
  readonly url: string;
  /** `type base64`; the server is sent nothing if it shows none of them. */
  readonly trustedHostKeys: readonly string[];
  readonly credentials: SftpCredentials;
  readonly signal: AbortSignal;
}

/** A server whose folders somebody looks through. */
export interface Browser {
  /** The folders in a folder, by their absolute paths, in order; files are left out. @throws RemoteFailure */
  foldersIn(folder: string): Promise<string[]>;
  close(): void;
}

/** Logs in as a connector of the default security policy does. @throws RemoteFailure */
export async function browse({ url, trustedHostKeys, credentials, signal }: BrowsedServer): Promise<Browser> {
  const policy = securityPolicy(DEFAULT_SECURITY_POLICY);
  const session = new RemoteSession(await connectSftp({ url, trustedHostKeys, credentials, policy }, { signal }));
  return {
    foldersIn: async (folder) => {
      const { paths } = await listFolder(session, folder, MOST_ENTRIES);
      return paths.map(({ path }) => path).sort();
    },
    close: () => session.close(),
  };
}
