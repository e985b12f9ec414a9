import { expect } from "chai";
import { freePort } from "../support/free-port";
import { type ServerProcess, startServerProcess } from "../support/server-process";
import type { DebianServer } from "./servers/debian-server";
import { mySecureShell } from "./servers/mysecureshell";
import { proFtpd } from "./servers/proftpd";
import { makePlace, PASSWORD, type ServerPlace, USERNAME } from "./servers/server-place";
import { World } from "./world";

const FILES = 12;

/**
 * Servers that let a user in once at a time, and what is told of the second. ProFTPD says "Maximum connections for host/user
 * reached" and hangs up at once: whether that is read before the client sends to a closed connection is a matter of chance.
 */
const SERVERS: readonly { readonly server: DebianServer; readonly says: RegExp }[] = [
  { server: mySecureShell(["LimitConnectionByUser 1"]), says: /opens no SFTP session/ },
  {
    server: proFtpd(["MaxClientsPerUser 1"]),
    says: /Maximum connections for host\/user reached|(ended|closed|off|lost)/,
  },
];

describe("a server that lets a user in once at a time", function () {
  this.timeout(120_000);

  for (const { server, says } of SERVERS) {
    const { title, unavailable } = server;
    const skipped = unavailable === undefined ? "" : ` (skipped: ${unavailable})`;
    it(`gives all files, and its words with the setting that helps: ${title}${skipped}`, async function () {
      if (unavailable !== undefined) {
        this.skip();
      }
      const place = await makePlace();
      const port = await freePort();
      let running: ServerProcess | undefined;
      let world: World | undefined;
      try {
        running = await startServerProcess(await server.program(place, port));
        world = await worldAt(place, port);
        for (let file = 0; file < FILES; file += 1) {
          await world.put(`in/${file % 3}/${file}.csv`, `${file}\n`.repeat(1000));
        }
        const result = await world.run();
        expect(result).to.deep.include({ status: "SUCCEEDED", failures: [] });
        expect(result.files.transferred).to.equal(FILES);
        expect(await world.object("in/2/11.csv")).to.equal("11\n".repeat(1000));
        expect(result.warnings).to.have.lengthOf(1);
        expect(result.warnings[0])
          .to.match(says)
          .and.to.match(/set MaxConcurrentConnections: [12] in the definition$/);
      } finally {
        await world?.close();
        await running?.close();
        await place.remove();
      }
    });
  }
});

function worldAt({ root, hostPublicKeys, clientKey, remove }: ServerPlace, port: number): Promise<World> {
  return World.create({
    url: `127.0.0.1:${port}`,
    hostPublicKeys,
    credentials: { username: USERNAME, password: PASSWORD, privateKey: clientKey.private },
    root,
    base: "",
    close: remove,
  });
}
