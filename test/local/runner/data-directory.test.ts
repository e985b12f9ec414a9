import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { StorageFailure } from "../../../local/errors/storage-failure";
import { openDataDirectory } from "../../../local/runner/data-directory";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";

describe("openDataDirectory", () => {
  for (const name of [".sftp-sync", ".sftp-sync/logs", ".sftp-sync/lock", ".sftp-sync/logs/finish-run.log"]) {
    it(`refuses a link in it, by name: ${name}`, async () => {
      const [root, elsewhere] = [tempFolder(), tempFolder()];
      mkdirSync(join(root, name, ".."), { recursive: true });
      symlinkSync(elsewhere, join(root, name));
      const error = await errorOf(openDataDirectory(root));
      expect(error).to.be.instanceOf(StorageFailure).with.property("folder", root);
      expect(error.message).to.equal(`A link lies in the data directory, and is not followed: ${join(root, name)}`);
      expect(readdirSync(elsewhere)).to.deep.equal([]);
    });
  }

  it("may be a link itself", async () => {
    const elsewhere = tempFolder();
    const root = join(tempFolder(), "data");
    symlinkSync(elsewhere, root);
    expect((await openDataDirectory(root)).root).to.equal(root);
    expect(readdirSync(elsewhere)).to.deep.equal([".sftp-sync"]);
    writeFileSync(join(root, ".sftp-sync", "lock"), "{}");
    await openDataDirectory(root);
    expect(readFileSync(join(elsewhere, ".sftp-sync", "lock"), "utf8")).to.equal("{}");
  });
});
