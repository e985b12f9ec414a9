import { existsSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { StorageFailure } from "../../local/errors/storage-failure";
import { UserError } from "../../local/errors/user-error";
import { takeLease } from "../../local/locking/lease";
import { type DemoOptions, demo } from "../../scripts/demo";
import { copyProject, EVERY_COMMAND, lendFunctions } from "../support/project-copy";
import { tempFolder } from "../support/temp-folder";
import { startScript } from "./cli-process";

async function failure(options: Pick<DemoOptions, "folder">): Promise<unknown> {
  return demo({ ...options, say: () => undefined }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("demo", function () {
  this.timeout(180_000);

  it("leaves one alone that is at work in the same folder", async () => {
    const folder = tempFolder();
    await takeLease(join(folder, "lock"), folder);
    await writeFile(join(folder, "demo-partner.yaml"), "theirs");
    const error = await failure({ folder });
    expect(error).to.be.instanceOf(UserError).with.property("message").that.includes("in use by process");
    expect(error).to.have.property("next", "wait for it, then npm start");
    expect(await readFile(join(folder, "demo-partner.yaml"), "utf8")).to.equal("theirs");
  });

  it("takes a folder that it cannot make for no mistake of its own", async () => {
    const folder = join(tempFolder(), "file");
    await writeFile(folder, "");
    const error = await failure({ folder });
    expect(error).to.be.instanceOf(StorageFailure).with.property("message").that.includes("EEXIST");
    expect(error).to.have.property("next", "mend that, then npm start");
  });

  it("ends when npm alone gets SIGTERM", async () => {
    const project = tempFolder();
    copyProject(project, EVERY_COMMAND);
    await lendFunctions(project);
    const running = startScript(project, ["start"]);
    await running.stdoutHas("1. A partner's SFTP server is up");
    expect(statSync(join(project, ".local")).mode & 0o077, "rights of others").to.equal(0);
    running.kill("SIGTERM");
    const { code, stderr } = await running.ended;
    expect({ code, stderr }).to.deep.equal({
      code: null,
      stderr: "interrupted; run the same command again to go on\n",
    });
    expect(existsSync(join(project, ".local", ".demo", "lock"))).to.equal(false);
  });
});
