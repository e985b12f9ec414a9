import { once } from "node:events";
import { Server, type SFTPWrapper } from "ssh2";
import { generateHostKeys, publicKeyOf } from "../../../local/sftp-server/host-keys";
import { Jail } from "../../../local/sftp-server/jail";
import { SftpSession } from "../../../local/sftp-server/sftp-session";
import { startTransfer } from "./local-transfer";

export type OddTransfer = Awaited<ReturnType<typeof startTransfer>>;

const [HOST_KEY = ""] = generateHostKeys();

/**
 * A connector at an SFTP server over a folder that is usual but for what the test makes odd.
 * @param adapt gets the server's end of each session: listeners that it replaces answer in their own way.
 */
export async function withOddSftp(
  root: string,
  adapt: (sftp: SFTPWrapper) => void,
  use: (transfer: OddTransfer) => Promise<void>,
): Promise<void> {
  const jail = await Jail.of(root);
  const server = new Server({ hostKeys: [HOST_KEY] }, (client) => {
    client.on("error", () => undefined);
    client.on("authentication", (attempt) => {
      if (attempt.method === "password") {
        attempt.accept();
      } else {
        attempt.reject(["password"]);
      }
    });
    client.on("session", (accept) => {
      accept().on("sftp", (acceptSftp) => {
        const sftp = acceptSftp();
        new SftpSession(sftp, jail);
        adapt(sftp);
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const transfer = await startTransfer({
    connector: { url: `127.0.0.1:${port}`, trustedHostKeys: [publicKeyOf(HOST_KEY)] },
    credentials: { username: "partner", password: "pass-phrase-7" },
  });
  try {
    await use(transfer);
  } finally {
    await transfer.close();
    server.close();
  }
}
