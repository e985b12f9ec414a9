import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { lockDirectory } from "../../../local/runner/lock-file";
import { tempFolder } from "../../support/temp-folder";

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** The number of a process that is no more. */
function deadPid(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

describe("lockDirectory", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = tempFolder();
    file = join(folder, "lock");
  });

  it("keeps others out until it is released, naming the holder", async () => {
    const lock = await lockDirectory(file, folder);
    const refused = await failure(lockDirectory(file, folder));
    expect(refused).to.be.instanceOf(UserError);
    expect(refused).to.have.property("message").that.includes(`in use by process ${process.pid}`);
    await lock.release();
    expect(await readdir(folder)).to.deep.equal([]);
    await (await lockDirectory(file, folder)).release();
  });

  it("takes over what a dead process left behind", async () => {
    await writeFile(file, JSON.stringify({ pid: deadPid(), token: "theirs" }));
    const lock = await lockDirectory(file, folder);
    expect(await failure(lockDirectory(file, folder))).to.be.instanceOf(UserError);
    await lock.release();
    expect(existsSync(file)).to.equal(false);
  });

  it("takes over a lock file that is no lock", async () => {
    await writeFile(file, "half a");
    await (await lockDirectory(file, folder)).release();
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it("lets only one of many take a dead process's lock over", async () => {
    await writeFile(file, JSON.stringify({ pid: deadPid(), token: "theirs" }));
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockDirectory(file, folder)));
    expect(results.filter(({ status }) => status === "fulfilled")).to.have.length(1);
  });

  it("releases only its own lock", async () => {
    const lock = await lockDirectory(file, folder);
    await writeFile(file, JSON.stringify({ pid: process.pid, token: "somebody else's" }));
    await lock.release();
    expect(existsSync(file)).to.equal(true);
  });
});
