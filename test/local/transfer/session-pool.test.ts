import { writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { type SftpServer, startSftpServer } from "../../../local/sftp-server/sftp-server";
import { listFolder } from "../../../local/transfer/list-folder";
import { readRemoteFile } from "../../../local/transfer/read-file";
import type { RemoteAddress } from "../../../local/transfer/remote-address";
import type { RemoteSession } from "../../../local/transfer/remote-session";
import { securityPolicy } from "../../../local/transfer/security-policies";
import { SessionPool } from "../../../local/transfer/session-pool";
import { tempFolder } from "../../support/temp-folder";

const CREDENTIALS = { username: "partner", password: "correct horse" };

describe("SessionPool", () => {
  let server: SftpServer;
  let pool: SessionPool;
  let root: string;
  let size: number;
  let writes: number;

  beforeEach(async () => {
    root = tempFolder();
    server = await startSftpServer({ root, ...CREDENTIALS });
    const remote = {
      url: `${server.host}:${server.port}`,
      trustedHostKeys: server.hostPublicKeys,
      policy: securityPolicy("TransferSFTPConnectorSecurityPolicy-2024-03"),
      credentials: CREDENTIALS,
      dial: ({ host, port }: RemoteAddress) => counted(connect({ host, port })),
    };
    pool = new SessionPool(
      () => remote,
      () => size,
    );
    size = 1;
  });

  afterEach(async () => {
    pool.close();
    await server.close();
  });

  /** Counts what the socket hands to the system. */
  function counted(socket: Socket): Socket {
    const write = socket._write.bind(socket);
    const writev = socket._writev?.bind(socket);
    writes = 0;
    socket._write = (...piece) => {
      writes += 1;
      write(...piece);
    };
    socket._writev = (...pieces) => {
      writes += 1;
      writev?.(...pieces);
    };
    return socket;
  }

  it("sends what is asked for a small file in two pieces: to open it and close the one before, to read it with its size", async () => {
    writeFileSync(join(root, "small"), "content");
    await pool.use(async (session) => {
      await session.stat("/small"); // Whatever comes after the login has been sent.
      writes = 0;
      for (let file = 1; file <= 5; file += 1) {
        expect(await text(readRemoteFile(session, "/small"))).to.equal("content");
      }
      expect(writes).to.equal(10);
    });
  });

  it("sends what is asked for a small file in one piece, where the next one is known: it is opened together with the reading", async () => {
    for (let file = 1; file <= 5; file += 1) {
      writeFileSync(join(root, `small-${file}`), `content ${file}`);
    }
    await pool.use(async (session) => {
      await session.stat("/small-1");
      writes = 0;
      for (let file = 1; file <= 5; file += 1) {
        const next = file === 5 ? undefined : `/small-${file + 1}`;
        expect(await text(readRemoteFile(session, `/small-${file}`, () => next))).to.equal(`content ${file}`);
      }
      expect(writes).to.equal(6);
    });
  });

  it("closes what it has opened ahead, where another file is asked for", async () => {
    writeFileSync(join(root, "small"), "content");
    writeFileSync(join(root, "other"), "other content");
    await pool.use(async (session) => {
      const closed: Buffer[] = [];
      const closeHandle = session.closeHandle.bind(session);
      session.closeHandle = (handle) => {
        closed.push(handle);
        closeHandle(handle);
      };
      expect(await text(readRemoteFile(session, "/small", () => "/other"))).to.equal("content");
      expect(session.hasAhead("/other")).to.equal(true);
      expect(await text(readRemoteFile(session, "/small"))).to.equal("content");
      expect(session.hasAhead("/other")).to.equal(false);
      expect(closed).to.have.lengthOf(3);
    });
  });

  it("says what is wrong with a file that it has opened ahead to whoever asks for it", async () => {
    writeFileSync(join(root, "small"), "content");
    await pool.use(async (session) => {
      expect(await text(readRemoteFile(session, "/small", () => "/missing"))).to.equal("content");
      const error = await text(readRemoteFile(session, "/missing")).catch((error: unknown) => error);
      expect(error).to.include({ code: "RETRIEVE_FILE_NOT_FOUND" });
      expect(await text(readRemoteFile(session, "/small"))).to.equal("content");
    });
  });

  it("gives work the connection that it prefers, of those that are idle", async () => {
    size = 2;
    const sessions: RemoteSession[] = [];
    await Promise.all([1, 2].map(() => pool.use(async (session) => void sessions.push(session))));
    const [first, second] = sessions;
    expect(first).not.to.equal(second);
    for (const preferred of [second, first, second]) {
      await pool.use(
        async (session) => expect(session).to.equal(preferred),
        (session) => session === preferred,
      );
    }
  });

  it("closes a file soon, also where nothing more is asked for", async () => {
    writeFileSync(join(root, "small"), "content");
    await pool.use(async (session) => {
      await text(readRemoteFile(session, "/small"));
      writes = 0;
      while (writes === 0) {
        await setTimeout(10);
      }
    });
  });

  it("waits for no answer to the closing of a folder", async () => {
    writeFileSync(join(root, "small"), "content");
    await pool.use(async (session) => {
      session.closeHandle = () => {};
      expect((await listFolder(session, "/", 10)).files).to.have.lengthOf(1);
    });
  });

  const connections = () => server.connections().total;

  it("uses a connection again", async () => {
    await pool.use(async () => {});
    await pool.use(async () => {});
    expect(connections()).to.equal(1);
  });

  it("lets work go on while settings change, and does not use its connection again", async () => {
    await pool.use(async (session) => {
      pool.renew();
      expect(session.isOpen()).to.equal(true);
    });
    await pool.use(async () => {});
    expect(connections()).to.equal(2);
  });

  it("does not use a connection again that was being made while settings changed", async () => {
    const first = pool.use(async () => {});
    await new Promise(setImmediate);
    pool.renew();
    await first;
    await pool.use(async () => {});
    expect(connections()).to.equal(2);
  });
});
