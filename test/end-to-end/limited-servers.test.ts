import { expect } from "chai";
import { freePort } from "../../bench/servers/free-port";
import { startServerProcess } from "../../bench/servers/server-process";
import { DEFAULT_SECURITY_POLICY } from "../../config/fields/security-policy";
import { securityPolicy } from "../../local/transfer/security-policies";
import { connectSftp } from "../../local/transfer/sftp-connection";
import { errorOf } from "../support/errors";
import type { RemoteServer } from "./remote-servers";
import type { DebianServer } from "./servers/debian-server";
import { mySecureShell } from "./servers/mysecureshell";
import { proFtpd } from "./servers/proftpd";
import { makePlace, remoteServerAt } from "./servers/server-place";
import { World } from "./world";

const FILES = 12;

/** They let a user in once at a time. */
const MYSECURESHELL = mySecureShell(["LimitConnectionByUser 1"]);
const PROFTPD = proFtpd(["MaxClientsPerUser 1"]);

const named = ({ title, unavailable }: DebianServer) =>
  unavailable === undefined ? title : `${title} (skipped: ${unavailable})`;

async function withServer(server: DebianServer, use: (remote: RemoteServer) => Promise<void>): Promise<void> {
  const place = await makePlace();
  try {
    const port = await freePort();
    const running = await startServerProcess(await server.program(place, port));
    try {
      await use(remoteServerAt(place, port, ""));
    } finally {
      await running.close();
    }
  } finally {
    await place.remove();
  }
}

/** Logs in. */
function connect({ url, hostPublicKeys, credentials }: RemoteServer) {
  const policy = securityPolicy(DEFAULT_SECURITY_POLICY);
  const { signal } = new AbortController();
  return connectSftp({ url, policy, credentials, trustedHostKeys: hostPublicKeys }, { signal });
}

describe("a server that lets a user in once at a time", function () {
  this.timeout(120_000);

  for (const server of [MYSECURESHELL, PROFTPD]) {
    it(`gives all files, and the setting that helps is named: ${named(server)}`, async function () {
      if (server.unavailable !== undefined) {
        this.skip();
      }
      await withServer(server, async (remote) => {
        const world = await World.create(remote);
        try {
          for (let file = 0; file < FILES; file += 1) {
            await world.put(`in/${file % 3}/${file}.csv`, `${file}\n`.repeat(1000));
          }
          const result = await world.run();
          expect(result).to.deep.include({ status: "SUCCEEDED", failures: [] });
          expect(result.files.transferred).to.equal(FILES);
          expect(await world.object("in/2/11.csv")).to.equal("11\n".repeat(1000));
          expect(result.warnings).to.have.lengthOf(1);
          expect(result.warnings[0]).to.match(
            /\(CONNECTION_ERROR: .*set MaxConcurrentConnections: [12] in the definition$/,
          );
        } finally {
          await world.close();
        }
      });
    });
  }

  it(`says why it ends a further connection: ${named(PROFTPD)}`, async function () {
    if (PROFTPD.unavailable !== undefined) {
      this.skip();
    }
    await withServer(PROFTPD, async (remote) => {
      const first = await connect(remote);
      // It hangs up at once: whether its words are read before something is sent to a closed connection is a matter of chance.
      const told: string[] = [];
      for (let attempt = 0; attempt < 20 && !told.some((message) => message.includes("says")); attempt += 1) {
        told.push((await errorOf(connect(remote))).message);
      }
      first.close();
      expect(told.at(-1)).to.contain('the server says "Maximum connections for host/user reached"');
    });
  });
});
