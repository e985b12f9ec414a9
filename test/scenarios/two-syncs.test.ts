import { expect } from "chai";
import { EMBEDDED, type RemoteServer } from "../end-to-end/remote-servers";
import { BUCKET, World } from "../end-to-end/world";
import { ofTheSample } from "./defects";

const sync = (folder: string, name?: string) => ({
  ...(name === undefined ? {} : { Name: name }),
  LocalRepository: { BucketName: BUCKET, Prefix: "incoming" },
  RemoteFolders: { Folder: folder, Recursive: true },
});

describe(`/a/b and /a-b ${ofTheSample("oneName")}`, () => {
  let remote: RemoteServer | undefined;
  let world: World;

  beforeEach(async () => {
    remote = await EMBEDDED.start();
    world = await World.create(remote);
    await world.put("in/b/x.csv", "of /in/b");
    await world.put("in-b/x.csv", "of /in-b");
  });
  afterEach(async () => {
    await world.close();
    await remote?.close();
  });

  it("are refused while both would have the same name, which the error says", async () => {
    const options = { server: { SyncSettings: [sync("/in/b"), sync("/in-b")] } };
    const refused = await world.definition(options).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(refused).to.match(/in-b/).and.match(/Name/);
  });

  it("are two syncs under two names, each with its own ledger and first copy", async () => {
    const modified = { ChangeDetection: "modified-time" };
    const options = {
      server: {
        SyncSettings: [
          { ...sync("/in/b", "slash"), ...modified },
          { ...sync("/in-b", "dash"), ...modified },
        ],
      },
    };
    const first = await world.run(options, { sync: "slash" });
    expect(first.files).to.include({ seen: 1, transferred: 1 });
    // With a flag in common this would be no first copy any more, and the file too old.
    const second = await world.run(options, { sync: "dash" });
    expect(second.files).to.include({ seen: 1, transferred: 1 });
    expect(await world.object("in/b/x.csv")).to.equal("of /in/b");
    expect(await world.object("in-b/x.csv")).to.equal("of /in-b");
  });
});
