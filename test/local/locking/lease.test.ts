import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { StorageFailure } from "../../../local/errors/storage-failure";
import { UserError } from "../../../local/errors/user-error";
import { type Lease, takeLease } from "../../../local/locking/lease";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { type LeaseProcess, noNamespaces, startHolder } from "./lease-process";

describe("a lease", function () {
  this.timeout(120_000);
  let folder: string;
  let file: string;
  const held: Lease[] = [];
  const processes: LeaseProcess[] = [];

  beforeEach(() => {
    folder = tempFolder();
    file = join(folder, "lock");
  });

  afterEach(async () => {
    await Promise.all(held.splice(0).map((lease) => lease.release()));
    await Promise.all(processes.splice(0).map((holder) => holder.kill()));
  });

  async function take(): Promise<Lease> {
    const lease = await takeLease(file, folder);
    held.push(lease);
    return lease;
  }

  function start(options?: Parameters<typeof startHolder>[2]): LeaseProcess {
    const holder = startHolder(file, folder, options);
    processes.push(holder);
    return holder;
  }

  it("keeps others out until it is released, naming the process that holds it", async () => {
    const lease = await take();
    const refused = await errorOf(takeLease(file, folder));
    expect(refused).to.be.instanceOf(UserError);
    expect(refused.message).to.include(`${folder} is in use by process ${process.pid}`);
    await lease.release();
    expect(await readdir(folder)).to.deep.equal([]);
    await take();
  });

  it("that does not move is taken over, whatever its file says", async () => {
    const left = {
      "the number of a process that lives": JSON.stringify({ pid: 1, token: "theirs", host: "here" }),
      "the format of an earlier version": JSON.stringify({ pid: process.pid, token: "theirs" }),
      "never finished": "",
      "no lease at all": "half a",
    };
    const taken = Object.entries(left).map(async ([name, content]) => {
      await writeFile(join(folder, name), content);
      await (await takeLease(join(folder, name), folder)).release();
    });
    await Promise.all(taken);
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it("is judged by whether it moves, not by anybody's clock", async () => {
    await writeFile(file, "left behind");
    const far = new Date("2100-01-01T00:00:00Z");
    await utimes(file, far, far);
    await take();
  });

  it("that was left behind is taken over by one of many", async () => {
    await writeFile(file, "left behind");
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => take()));
    expect(results.filter(({ status }) => status === "fulfilled")).to.have.length(1);
    const [lease] = held;
    await lease?.check();
  });

  it("of a process that was killed is taken over, also by one of the same number", async function () {
    if (noNamespaces() !== undefined) {
      this.skip();
    }
    const first = start({ asNumberOne: true });
    await first.said("held");
    expect(JSON.parse(await readFile(file, "utf8"))).to.include({ pid: 1 });
    await first.kill();
    const second = start({ asNumberOne: true });
    await second.said("held");
    expect(JSON.parse(await readFile(file, "utf8"))).to.include({ pid: 1 });
    second.tell("release");
    await second.said("released");
  });

  it("keeps out another process of the same number while the first lives", async function () {
    if (noNamespaces() !== undefined) {
      this.skip();
    }
    await start({ asNumberOne: true }).said("held");
    expect(await start({ asNumberOne: true }).said("failed")).to.include("is in use by process 1");
  });

  it("of a process that is suspended is taken over, and that one changes nothing more when it goes on", async () => {
    const first = start();
    await first.said("held");
    first.signal("SIGSTOP");
    const second = await take();
    first.signal("SIGCONT");
    first.tell("check");
    expect(await first.said("refused")).to.include("Another command has taken");
    expect(await first.said("lost")).to.include("Another command has taken");
    first.tell("release");
    await first.said("released");
    await second.check();
    expect(second.signal.aborted).to.equal(false);
  });

  it("of a process that is suspended and goes on before anybody else comes stays its own", async () => {
    const first = start();
    await first.said("held");
    first.signal("SIGSTOP");
    first.signal("SIGCONT");
    first.tell("check");
    await first.said("still held");
    expect(await errorOf(takeLease(file, folder))).to.be.instanceOf(UserError);
  });

  it("stays a busy process's own, however long its main thread is busy", async () => {
    const first = start();
    await first.said("held");
    first.tell("block");
    await first.said("blocking");
    expect(await errorOf(takeLease(file, folder))).to.be.instanceOf(UserError);
  });

  it("is lost when the folder is removed, and says so", async () => {
    const lease = await take();
    const lost = new Promise((resolve) => lease.signal.addEventListener("abort", resolve));
    await rm(folder, { recursive: true });
    await lost;
    expect(lease.signal.reason).to.be.instanceOf(StorageFailure);
    expect(await errorOf(lease.check()))
      .to.have.property("message")
      .that.includes(`${folder}: it is gone`);
  });

  it("says that a folder is in the way of its file", async () => {
    await mkdir(file);
    const failure = await errorOf(takeLease(file, folder));
    expect(failure).to.be.instanceOf(StorageFailure).and.to.have.property("code", "EISDIR");
    expect(existsSync(file)).to.equal(true);
  });
});
