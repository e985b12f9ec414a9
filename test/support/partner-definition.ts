import { stringify } from "yaml";
import type { SftpServer } from "../../local/sftp-server/sftp-server";

/** A small definition of a server in this process: its folder `/in`, with all below it, into the bucket `lake`. */
export function partnerDefinition({ host, port, hostPublicKeys }: SftpServer): string {
  const sync = {
    LocalRepository: { BucketName: "lake", Prefix: "" },
    RemoteFolders: { Folder: "/in", Recursive: true },
  };
  return stringify({
    Name: "partner",
    Url: `${host}:${port}`,
    PublicKey: hostPublicKeys,
    Schedule: "@daily",
    SyncSettings: [sync],
  });
}
