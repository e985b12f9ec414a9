import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { pageHtml } from "../../../scripts/commands/pages/page";
import { writePage } from "../../../scripts/commands/pages/write-page";
import { errorOf } from "../../support/errors";
import { noStrangers, STRANGER } from "../../support/strangers";
import { tempFolder } from "../../support/temp-folder";

const pageOf = (title: string) => pageHtml({ title, lead: "", sections: [], footer: "" });

describe("writing a page", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = tempFolder();
    file = join(folder, "page.html");
  });

  it("makes the file, and overwrites what is a page of ours", async () => {
    await writePage(pageOf("one"), { file, force: false });
    expect(await writePage(pageOf("two"), { file, force: false })).to.equal(file);
    expect(readFileSync(file, "utf8")).to.equal(pageOf("two"));
    expect(readdirSync(folder)).to.deep.equal(["page.html"]);
  });

  it("lets nobody else read a new page, and leaves one that is shared as it is", async function () {
    if (process.platform === "win32") {
      this.skip();
    }
    const mode = () => (statSync(file).mode & 0o777).toString(8);
    await writePage(pageOf("one"), { file, force: false });
    expect(mode()).to.equal("600");
    chmodSync(file, 0o644);
    await writePage(pageOf("two"), { file, force: false });
    expect(mode()).to.equal("644");
  });

  it("leaves another user's page alone, which may be there to be read; told to, lets nobody else read the new one", async function () {
    if (noStrangers !== undefined) {
      this.skip();
    }
    await writePage(pageOf("one"), { file, force: false });
    chmodSync(file, 0o666);
    chownSync(file, STRANGER, STRANGER);
    const error = await errorOf(writePage(pageOf("two"), { file, force: false }));
    expect(error.message).to.contain(`belongs to another user, ${STRANGER}: it is not overwritten`);
    expect(readFileSync(file, "utf8")).to.equal(pageOf("one"));
    await writePage(pageOf("two"), { file, force: true });
    const { mode, uid } = statSync(file);
    expect([(mode & 0o777).toString(8), uid]).to.deep.equal(["600", process.getuid?.()]);
  });

  it("leaves any other file alone, unless it is told to", async () => {
    writeFileSync(file, "mine");
    const error = await errorOf(writePage(pageOf("one"), { file, force: false }));
    expect(error).to.include({ name: "UserError", next: "choose another name, or add --force" });
    expect(readFileSync(file, "utf8")).to.equal("mine");
    await writePage(pageOf("one"), { file, force: true });
    expect(readFileSync(file, "utf8")).to.equal(pageOf("one"));
  });

  it("writes to where a link leads, and the link stays", async () => {
    const link = join(folder, "link.html");
    writeFileSync(file, pageOf("one"));
    symlinkSync(file, link);
    await writePage(pageOf("two"), { file: link, force: false });
    expect(lstatSync(link).isSymbolicLink()).to.equal(true);
    expect(readFileSync(file, "utf8")).to.equal(pageOf("two"));
  });

  it("refuses a folder, and what is no file at all", async () => {
    mkdirSync(file);
    for (const place of [file, "/dev/null"]) {
      const error = await errorOf(writePage(pageOf("one"), { file: place, force: true }));
      expect(error.message).to.match(
        /is a folder, or no regular file \(allowed: a file, or - for the standard output\)$/,
      );
    }
    expect(lstatSync("/dev/null").isCharacterDevice()).to.equal(true);
  });

  it("says where a folder is missing, and makes none", async () => {
    const error = await errorOf(writePage(pageOf("one"), { file: join(folder, "no", "page.html"), force: false }));
    expect(error).to.include({ name: "StorageFailure" });
    expect(error.message).to.match(/cannot be written: its folder is not there$/);
    expect(existsSync(join(folder, "no"))).to.equal(false);
  });
});
