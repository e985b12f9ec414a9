import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { FaultyConnections } from "../../../local/faults/faulty-connections";
import { startSftpServer } from "../../../local/sftp-server/sftp-server";
import { Connector } from "../../../local/transfer/connector";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { planOf } from "./plan";

const CONTENT = Buffer.alloc(1_000_000, "0123456789");

describe("faulty connections", () => {
  it("end in the middle of a file, and only those that are struck", async () => {
    const root = tempFolder();
    await mkdir(join(root, "in"));
    await writeFile(join(root, "in", "a.bin"), CONTENT);
    const server = await startSftpServer({ root, username: "u", password: "p" });
    const faulty = new FaultyConnections(planOf({ DropConnection: [{ AfterBytes: 300_000, Times: 1 }] }));
    const connector = new Connector(
      {
        id: "c-0123456789abcdef0",
        url: `${server.host}:${server.port}`,
        trustedHostKeys: server.hostPublicKeys,
        dial: (address) => faulty.dial(address),
      },
      { username: "u", password: "p" },
    );
    let received = 0;
    const retrieve = () =>
      connector.retrieve("/in/a.bin", async (content) => {
        received = 0;
        for await (const piece of content) {
          received += piece.length;
        }
      });
    try {
      const error = await errorOf(retrieve());
      expect(error).to.include({ code: "CONNECTION_ERROR" });
      expect(error.message).to.contain("The connection was lost");
      expect(received).to.be.below(CONTENT.length);
      await retrieve();
      expect(received).to.equal(CONTENT.length);
    } finally {
      connector.close();
      await server.close();
    }
  });
});
