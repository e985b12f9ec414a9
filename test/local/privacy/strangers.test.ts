import { chmodSync, chownSync, lchownSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { strangerAt } from "../../../local/privacy/strangers";
import { noStrangers, STRANGER, strangersFolder } from "../../support/strangers";
import { tempFolder } from "../../support/temp-folder";

const found = async (path: string) => (await strangerAt(path))?.found;

describe("strangerAt", () => {
  before(function () {
    if (noStrangers !== undefined) {
      this.skip();
    }
  });

  it("finds nobody in a folder of one's own, in one that is not there yet, or in /tmp, where each may change their own", async () => {
    const folder = tempFolder();
    expect(await found(folder)).to.equal(undefined);
    expect(await found(join(folder, "a", "b"))).to.equal(undefined);
  });

  it("finds the owner of a folder, whatever its mode is", async () => {
    const folder = strangersFolder(0o755);
    expect(await strangerAt(folder)).to.deep.equal({
      found: `${folder} belongs to user ${STRANGER}`,
      allowed: "allowed: you, who are user 0; root; the owner of this project",
    });
  });

  it("finds the owner of a folder on the way", async () => {
    const folder = strangersFolder(0o755);
    mkdirSync(join(folder, "mine"));
    expect(await found(join(folder, "mine"))).to.equal(`${folder} belongs to user ${STRANGER}`);
  });

  it("finds everybody, and a group, where they may write, and says what mends it", async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o707);
    expect(await strangerAt(folder)).to.deep.include({
      found: `everybody may write in ${folder} (mode 0707)`,
      remedy: "chmod go-w",
    });
    chownSync(folder, 0, STRANGER);
    chmodSync(folder, 0o770);
    expect(await strangerAt(folder)).to.deep.include({
      found: `group ${STRANGER} may write in ${folder} (mode 0770)`,
      remedy: "chmod g-w",
    });
  });

  it("takes no sticky bit of the folder itself for an excuse: what is not there yet, others may make first", async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o1777);
    expect(await found(folder)).to.equal(`everybody may write in ${folder} (mode 1777)`);
    mkdirSync(join(folder, "mine"));
    expect(await found(join(folder, "mine"))).to.equal(undefined);
  });

  it("finds nobody in the user's own group, as a umask of 002 lets it write", async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o775);
    expect(await found(folder)).to.equal(undefined);
  });

  it("follows links, whose owners could lead them elsewhere, and looks where they lead", async () => {
    const folder = tempFolder();
    const link = join(folder, "link");
    symlinkSync("../".repeat(9) + realpathSync(tempFolder()).slice(1), link);
    expect(await found(join(link, "data"))).to.equal(undefined);
    lchownSync(link, STRANGER, STRANGER);
    expect(await found(join(link, "data"))).to.equal(`${link} belongs to user ${STRANGER}`);

    const strangers = strangersFolder(0o777);
    symlinkSync(strangers, join(folder, "to-strangers"));
    expect(await found(join(folder, "to-strangers"))).to.equal(`${strangers} belongs to user ${STRANGER}`);
  });

  it("comes to an end where links lead round in a circle", async () => {
    const folder = tempFolder();
    symlinkSync("two", join(folder, "one"));
    symlinkSync("one", join(folder, "two"));
    expect(await found(join(folder, "one"))).to.equal(undefined);
  });

  it("lets whoever may change the project's code be", async () => {
    expect(await found(join(__dirname, "..", "..", ".."))).to.equal(undefined);
  });
});
