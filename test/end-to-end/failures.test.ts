import { expect } from "chai";
import { generateHostKeys, publicKeyOf } from "../../local/sftp-server/host-keys";
import { describeAgainstServers } from "./against-servers";
import { EMBEDDED } from "./remote-servers";
import { World } from "./world";

function strangersHostKey(): string {
  const [key = ""] = generateHostKeys();
  return publicKeyOf(key);
}

async function fill(world: World): Promise<void> {
  await world.put("in/a.csv", "alpha");
}

describeAgainstServers("what goes wrong on one machine", fill, (current) => {
  it("a missing folder fails the run by name", async () => {
    const result = await current.world.run({ folder: "/in/nowhere" });
    expect(result.status).to.equal("FAILED");
    expect(result.error?.name).to.equal("RemoteFolderMissing");
    expect(result.folders).to.deep.equal({ listed: 0, failed: 1, spared: 0 });
    expect(result.failures.map(({ path }) => path)).to.deep.equal([`${current.remote.base}/in/nowhere`]);
  });

  it("a missing folder is no failure where the definition ignores it", async () => {
    const result = await current.world.run({ folder: "/in/nowhere", setting: { MissingFolder: "ignore" } });
    expect(result).to.deep.include({ status: "SUCCEEDED", folders: { listed: 0, failed: 0, spared: 0 }, failures: [] });
  });

  it("refused credentials fail the run, and say so", async () => {
    const credentials = { username: current.remote.credentials.username, password: "wrong" };
    const result = await current.world.run({}, { credentials });
    expect(result.error?.name).to.equal("ListingFailed");
    expect(result.error?.message).to.match(/authentication|refused|denied/i);
    expect(result.error?.message).not.to.contain("wrong");
  });

  it("missing credentials fail the run before anything is asked of the server", async () => {
    const result = await current.world.run({}, { credentials: undefined });
    expect(result.error?.name).to.equal("CredentialsMissing");
    expect(result.calls.StartDirectoryListing).to.equal(0);
  });

  it("a server with another host key is not talked to", async () => {
    const result = await current.world.run({ server: { PublicKey: [strangersHostKey()] } });
    expect(result.error?.name).to.equal("ListingFailed");
    expect(result.error?.message).to.match(/host key/i);
    expect(result.files.seen).to.equal(0);
  });

  it("a run after a failed one does what was left", async () => {
    await current.world.run({ server: { PublicKey: [strangersHostKey()] } });
    const next = await current.world.run();
    expect(next).to.include({ status: "SUCCEEDED" });
    expect(next.files).to.include({ transferred: 1 });
  });
});

describe("a server that is down", () => {
  it("fails the run, naming the address", async () => {
    const remote = await EMBEDDED.start();
    const world = await World.create(remote);
    await remote.close();
    const result = await world.run();
    await world.close();
    expect(result.error?.name).to.equal("ListingFailed");
    expect(result.error?.message).to.contain(remote.url);
    expect(result.folders).to.deep.equal({ listed: 0, failed: 1, spared: 0 });
  });
});
