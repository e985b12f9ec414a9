import { expect } from "chai";
import { Relay } from "../support/relay";
import { MOST_FOREIGN, type RemoteServer } from "./remote-servers";
import { World } from "./world";

const FOLDERS = 3;
const FILES_EACH = 5;

/** Of `host:port`. */
const portOf = (url: string) => Number(url.slice(url.lastIndexOf(":") + 1));

describe(`a server that takes fewer connections than five, in front of ${MOST_FOREIGN.name}`, function () {
  this.timeout(120_000);
  let remote: RemoteServer;
  let relay: Relay;
  let world: World;

  async function start(most: number): Promise<void> {
    relay = await Relay.start();
    relay.target = portOf(remote.url);
    relay.most = most;
    world = await World.create({ ...remote, url: `127.0.0.1:${relay.port}` });
    for (let folder = 0; folder < FOLDERS; folder += 1) {
      for (let file = 0; file < FILES_EACH; file += 1) {
        await world.put(`in/${folder}/${file}.csv`, `${folder} ${file}\n`.repeat(2000));
      }
    }
  }

  before(async () => {
    remote = await MOST_FOREIGN.start();
  });
  after(async () => {
    await remote?.close();
  });
  afterEach(async () => {
    await world.close();
    relay.close();
  });

  // One at a time is what the servers of limited-servers.test.ts take.
  it("copies everything where it takes three, and says which setting would have been right", async () => {
    await start(3);
    const result = await world.run();
    expect(result).to.deep.include({ status: "SUCCEEDED", failures: [] });
    expect(result.files.transferred).to.equal(FOLDERS * FILES_EACH);
    expect(await world.object("in/2/4.csv")).to.equal("2 4\n".repeat(2000));
    expect(relay.refused).to.be.greaterThan(0);
    expect(result.warnings).to.have.lengthOf(1);
    expect(result.warnings[0]).to.match(/CONNECTION_ERROR.* set MaxConcurrentConnections: [12] in the definition$/);
  });

  it("refuses nothing where the definition says so", async () => {
    await start(1);
    const result = await world.run({ server: { MaxConcurrentConnections: 1 } });
    expect(result).to.deep.include({ status: "SUCCEEDED", warnings: [] });
    expect(relay.refused).to.equal(0);
  });
});
