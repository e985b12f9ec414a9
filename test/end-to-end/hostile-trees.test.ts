import { execFileSync } from "node:child_process";
import { rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { describeAgainstServers } from "./against-servers";
import { PREFIX, type World } from "./world";

/** 255 bytes, the longest name of most file systems. */
const LONGEST_NAME = "日".repeat(85);

/** S3's limit. */
const MAX_KEY_BYTES = 1024;

/** A path whose key has so many bytes. */
function pathOfKey(bytes: number, base: string): string {
  let folder = "in";
  const missing = () => bytes - Buffer.byteLength(`${PREFIX}${base}/${folder}/`);
  while (missing() > 250) {
    folder += `/${"é".repeat(100)}`;
  }
  return `${folder}/${"n".repeat(missing())}`;
}

async function fill(world: World): Promise<void> {
  await world.put("in/a.csv", "alpha");
}

describeAgainstServers("trees that nobody would make on purpose", fill, (current) => {
  it("may have names of 255 bytes, for folders too", async () => {
    await current.world.put(`in/${LONGEST_NAME}/${LONGEST_NAME}`, "long");
    expect((await current.world.run()).files).to.include({ seen: 2, transferred: 2 });
    expect(await current.world.object(`in/${LONGEST_NAME}/${LONGEST_NAME}`)).to.equal("long");
  });

  it("may have keys of 1,024 bytes; longer ones are counted, with their reason", async () => {
    const { world, remote } = current;
    const longest = pathOfKey(MAX_KEY_BYTES, remote.base);
    await world.put(longest, "just fits");
    await world.put(`${longest}n`, "too long");
    const result = await world.run();
    expect(result.status).to.equal("SUCCEEDED");
    expect(result.files).to.deep.include({ seen: 3, transferred: 2, skipped: { "unsupported-name": 1 } });
    expect(await world.object(longest)).to.equal("just fits");
  });

  it("may have names with line breaks, or that are not text: they are counted, folders too, and nothing else is lost", async () => {
    const { world, remote } = current;
    await world.put("in/line\nbreak", "x");
    await world.put("in/carriage\rreturn", "x");
    await world.put("in/line\u2028separator", "x");
    await world.put("in/folder with\nbreak/x", "x");
    await writeFile(Buffer.concat([Buffer.from(join(remote.root, "in/latin-")), Buffer.from([0xe9])]), "x");
    const result = await world.run();
    expect(result.status).to.equal("SUCCEEDED");
    expect(result.files).to.deep.include({ seen: 6, transferred: 1, skipped: { "unsupported-name": 5 } });
    expect(result.warnings.join()).to.match(/^5 file\(s\) or folder\(s\) cannot be copied.*, such as ".*\/in\/.*"$/);
    expect(await world.object("in/a.csv")).to.equal("alpha");
  });

  it("may have a pipe, and symbolic links that lead in circles, to themselves, or nowhere: they are counted", async () => {
    const { world, remote } = current;
    await world.put("in/one/a.csv", "a");
    await world.put("in/two/b.csv", "b");
    execFileSync("mkfifo", [join(remote.root, "in/pipe")]);
    await symlink("../two", join(remote.root, "in/one/other"));
    await symlink("../one", join(remote.root, "in/two/other"));
    await symlink("itself", join(remote.root, "in/itself"));
    await symlink("nowhere", join(remote.root, "in/broken"));
    const result = await world.run({ remoteFolders: { MaxDepth: 3 } });
    expect(result.status).to.equal("SUCCEEDED");
    expect(result.folders).to.deep.equal({ listed: 7, failed: 0, spared: 0 });
    expect(result.files).to.deep.include({ seen: 10, transferred: 7, skipped: { "not-a-file": 3 } });
    expect(result.warnings).to.have.lengthOf(2);
    expect(result.warnings[0]).to.match(
      /^Some entries are neither files nor folders: .* by Exclude, such as (pipe|itself|broken)$/,
    );
    expect(result.warnings[1]).to.match(/^2 folder\(s\) below MaxDepth 3/);
    const excluding = { MaxDepth: 3, Exclude: ["pipe", "itself", "broken"] };
    expect((await world.run({ remoteFolders: excluding })).files.skipped).to.deep.equal({ unchanged: 7, excluded: 3 });
    expect(await world.object("in/one/other/other/a.csv")).to.equal("a");
  });

  it("may have a folder and a file of one name, one after the other", async () => {
    const { world, remote } = current;
    await world.put("in/both", "a file");
    expect((await world.run()).files).to.include({ transferred: 2 });
    await rm(join(remote.root, "in/both"));
    await world.put("in/both/inside", "in a folder");
    expect((await world.run()).files).to.deep.include({ transferred: 1, skipped: { unchanged: 1 } });
    expect(await world.object("in/both/inside")).to.equal("in a folder");
  });
});
