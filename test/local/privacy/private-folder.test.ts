import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { StorageFailure } from "../../../local/errors/storage-failure";
import { createPrivateFolder, withPrivateFolder } from "../../../local/privacy/private-folder";
import { ROOT } from "../../../scripts/commands/paths";
import { bundledInto } from "../../../scripts/packages/bundled";
import { keepEnvironment } from "../../support/environment";
import { errorOf } from "../../support/errors";
import { noStrangers, STRANGER, strangersFolder } from "../../support/strangers";
import { tempFolder } from "../../support/temp-folder";

describe("withPrivateFolder", () => {
  it("makes a folder, and takes it away however the work ends", async () => {
    let folder = "";
    const failed = withPrivateFolder(async (path) => {
      folder = path;
      expect(existsSync(path)).to.equal(true);
      throw new Error("no work");
    });
    expect((await errorOf(failed)).message).to.equal("no work");
    expect(existsSync(folder)).to.equal(false);
  });
});

describe("createPrivateFolder", () => {
  afterEach(keepEnvironment());

  it("makes a folder for nobody else, which goes when it is closed", async () => {
    const { path, close } = await createPrivateFolder();
    expect(statSync(path).mode & 0o777).to.equal(0o700);
    await close();
    expect(existsSync(path)).to.equal(false);
  });

  it("makes none where another user could put theirs in its place", async function () {
    if (noStrangers !== undefined) {
      this.skip();
    }
    const parent = strangersFolder(0o777);
    process.env.TMPDIR = parent;
    const error = await errorOf(createPrivateFolder());
    expect(error).to.be.instanceOf(StorageFailure);
    expect(error.message).to.equal(
      `Others can change what lies in the folder for temporary files ${parent}: ${parent} belongs to user ${STRANGER} ` +
        "(allowed: you, who are user 0; root; the owner of this project)",
    );
    expect(error).to.have.property("next").that.includes("TMPDIR");
    expect(readdirSync(parent)).to.deep.equal([]);
  });

  it("is where functions are built to be looked at, too", async function () {
    if (noStrangers !== undefined) {
      this.skip();
    }
    const parent = strangersFolder(0o777);
    process.env.TMPDIR = parent;
    expect(await errorOf(bundledInto(ROOT))).to.be.instanceOf(StorageFailure);
    expect(readdirSync(parent)).to.deep.equal([]);
  });

  it("says that temporary files have no folder", async () => {
    process.env.TMPDIR = join(tempFolder(), "gone");
    const error = await errorOf(createPrivateFolder());
    expect(error).to.be.instanceOf(StorageFailure);
    expect(error.message).to.equal(
      `Cannot write to the folder for temporary files ${process.env.TMPDIR}: it is gone, or part of it (ENOENT)`,
    );
  });
});
