import { expect } from "chai";
import { REMOTE_SERVERS, type RemoteServer } from "./remote-servers";
import { World } from "./world";

/** Names as partners write them; each is the name of one file, and its own content. */
const NAMES = [
  "plain.csv",
  "with space.csv",
  " leading space",
  "trailing space ",
  "single'quote",
  'double"quote',
  "tab\there",
  "back\\slash",
  "percent%20literal",
  "plus+sign",
  "hash#tag",
  "question?mark",
  "amp&ersand",
  "semi;colon,comma",
  "star*and[brackets]{braces}",
  "dollar$HOME`tick`",
  "<angle>",
  "größe.csv",
  "日本語.txt",
  "emoji-😀.bin",
  "twin-\u00e9",
  "twin-e\u0301",
  ".hidden",
  "..hidden",
  "...",
  "-leading-dash",
  "--help",
  "~tilde",
  "UPPER.csv",
  "upper.csv",
  "__proto__",
  "constructor",
  "a".repeat(255),
  "control-\u0001-\u001b[31m-\u007f-character",
];

for (const kind of REMOTE_SERVERS) {
  describe(`names of files, against ${kind.name}`, function () {
    this.timeout(60_000);
    let remote: RemoteServer;
    let world: World;

    before(async function () {
      if (kind.unavailable !== undefined) {
        this.skip();
      }
      remote = await kind.start();
      world = await World.create(remote);
    });
    after(async () => {
      await world?.close();
      await remote?.close();
    });

    it("arrive in S3 as they are, in files and in folders", async () => {
      for (const name of NAMES) {
        await world.put(`in/${name}`, name);
        await world.put(`in/folder of ${name.slice(0, 100)}/x`, name);
      }
      const result = await world.run();
      expect(result.failures).to.deep.equal([]);
      expect(result.files).to.include({ seen: 2 * NAMES.length, transferred: 2 * NAMES.length });
      for (const name of NAMES) {
        expect(await world.object(`in/${name}`)).to.equal(name);
        expect(await world.object(`in/folder of ${name.slice(0, 100)}/x`)).to.equal(name);
      }
    });

    it("are recognised as unchanged in the next run", async () => {
      const second = await world.run();
      expect(second.files.skipped).to.deep.equal({ unchanged: 2 * NAMES.length });
      expect(second.calls.TargetBucketRequests).to.equal(0);
    });
  });
}
