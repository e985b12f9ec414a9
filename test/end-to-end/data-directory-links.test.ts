import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { StorageFailure } from "../../local/errors/storage-failure";
import { errorOf } from "../support/errors";
import { tempFolder } from "../support/temp-folder";
import { EMBEDDED, type RemoteServer } from "./remote-servers";
import { BUCKET, PREFIX, World } from "./world";

describe("a link in the data directory", () => {
  let remote: RemoteServer | undefined;
  let world: World | undefined;

  afterEach(async () => {
    await world?.close();
    await remote?.close();
  });

  it("ends the command, which names it; nothing is written where it leads", async () => {
    const elsewhere = tempFolder();
    remote = await EMBEDDED.start();
    world = await World.create(remote);
    await world.put("in/sub/a.csv", "alpha");
    const link = join(world.data, BUCKET, PREFIX, "in", "sub");
    await mkdir(join(link, ".."), { recursive: true });
    await symlink(elsewhere, link);
    const error = await errorOf(world.run());
    expect(error).to.be.instanceOf(StorageFailure);
    expect(error.message).to.equal(`A link lies in the data directory, and is not followed: ${link}`);
    expect(await readdir(elsewhere)).to.deep.equal([]);
  });
});
