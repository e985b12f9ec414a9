import { stringify } from "yaml";
import type { SftpServer } from "../../local/sftp-server/sftp-server";

/** The demonstration's definition: what a platform engineer would write and have reviewed. */
export function demoDefinition({
  host,
  port,
  hostPublicKeys,
}: Pick<SftpServer, "host" | "port" | "hostPublicKeys">): string {
  return stringify(
    {
      Name: "demo-partner",
      Description: "Reports and prices of a partner",
      Url: `${host}:${port}`,
      PublicKey: [...hostPublicKeys],
      Schedule: "@hourly",
      SyncSettings: [
        {
          Name: "everything",
          LocalRepository: { BucketName: "data-lake", Prefix: "partners/demo" },
          RemoteFolders: { Folder: "/", Recursive: true },
        },
      ],
    },
    { lineWidth: 0 },
  );
}
