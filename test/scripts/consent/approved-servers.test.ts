import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { approvedServers } from "../../../scripts/commands/consent/approved-servers";
import { keepEnvironment } from "../../support/environment";
import { noStrangers, strangersFolder } from "../../support/strangers";
import { tempFolder } from "../../support/temp-folder";

const DESTINATION = ["partner", "u", "sftp.example.com"];

describe("approvedServers", () => {
  let state: string;
  let project: string;

  beforeEach(() => {
    state = tempFolder();
    project = tempFolder();
    process.env.XDG_STATE_HOME = state;
  });

  afterEach(keepEnvironment());

  const isApproved = async (destination = DESTINATION) => (await approvedServers(project)).has(destination);
  const approve = async () => (await approvedServers(project)).add(DESTINATION);

  it("remember what was approved, each word of it, in a file of the user's own", async () => {
    expect(await isApproved()).to.equal(false);
    await approve();
    expect(await isApproved()).to.equal(true);
    expect(await isApproved(["partner", "u", "sftp.example.net"])).to.equal(false);
    const file = join(state, "sftp-sync", "approved-servers");
    expect(readFileSync(file, "utf8")).to.equal(`${JSON.stringify([project, ...DESTINATION])}\n`);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(statSync(join(state, "sftp-sync")).mode & 0o777).to.equal(0o700);
  });

  it("hold for the project's folder: another copy asks by itself", async () => {
    await approve();
    project = tempFolder();
    expect(await isApproved()).to.equal(false);
  });

  it("are not read out of the project, wherever its files say that they lie", async () => {
    process.env.XDG_STATE_HOME = join(project, "state");
    await approve();
    expect(await isApproved()).to.equal(false);
    mkdirSync(join(project, "state"), { recursive: true });
    renameSync(project, `${project}-moved`);
    project = `${project}-moved`;
    process.env.XDG_STATE_HOME = join(project, "state");
    expect(await isApproved()).to.equal(false);
  });

  it("are asked for each time where nothing can be kept", async () => {
    writeFileSync(join(state, "sftp-sync"), "in the way");
    await approve();
    expect(await isApproved()).to.equal(false);
    delete process.env.XDG_STATE_HOME;
    for (const home of ["", "/proc/none", "relative"]) {
      process.env.HOME = home;
      await approve();
      expect(await isApproved(), home).to.equal(false);
    }
  });

  it("are not read where others can write", async function () {
    await approve();
    chmodSync(join(state, "sftp-sync"), 0o777);
    expect(await isApproved()).to.equal(false);
    if (noStrangers !== undefined) {
      this.skip();
    }
    state = strangersFolder(0o755);
    process.env.XDG_STATE_HOME = state;
    await approve();
    expect(await isApproved()).to.equal(false);
  });
});
