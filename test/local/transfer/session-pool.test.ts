import { expect } from "chai";
import { type SftpServer, startSftpServer } from "../../../local/sftp-server/sftp-server";
import { securityPolicy } from "../../../local/transfer/security-policies";
import { SessionPool } from "../../../local/transfer/session-pool";
import { tempFolder } from "../../support/temp-folder";

const CREDENTIALS = { username: "partner", password: "correct horse" };

describe("SessionPool", () => {
  let server: SftpServer;
  let pool: SessionPool;

  beforeEach(async () => {
    server = await startSftpServer({ root: tempFolder(), ...CREDENTIALS });
    const remote = {
      url: `${server.host}:${server.port}`,
      trustedHostKeys: server.hostPublicKeys,
      policy: securityPolicy("TransferSFTPConnectorSecurityPolicy-2024-03"),
      credentials: CREDENTIALS,
      dial: undefined,
    };
    pool = new SessionPool(
      () => remote,
      () => 1,
    );
  });

  afterEach(async () => {
    pool.close();
    await server.close();
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
