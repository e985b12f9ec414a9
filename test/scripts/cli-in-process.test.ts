import { join } from "node:path";
import { expect } from "chai";
import { tempFolder } from "../support/temp-folder";
import { callCli } from "./cli-in-process";
import { runCli } from "./cli-process";

describe("the command line, called in the tests' process", function () {
  this.timeout(60_000);

  const state = () => ({
    args: process.argv,
    environment: { ...process.env },
    folder: process.cwd(),
    exitCode: process.exitCode,
    umask: process.umask(),
    write: [process.stdout.write, process.stderr.write],
    terminal: [process.stdin.isTTY, process.stdout.isTTY, process.stderr.isTTY],
    listeners: [
      process.listeners("SIGINT"),
      process.listeners("SIGTERM"),
      process.listeners("uncaughtException"),
      process.stdout.listeners("error"),
      process.stderr.listeners("error"),
    ],
  });

  it("says what a process of its own says", async () => {
    const args = ["validate", "nowhere.yaml", "--json"];
    const env = { SFTP_SYNC_ENVIRONMENT: "nowhere" };
    const ended = await callCli(args, env);
    expect(ended).to.deep.equal(await runCli(args, env));
    expect(ended).to.include({ code: 2 });
  });

  it("leaves the process as it was", async () => {
    const before = state();
    const folder = tempFolder();
    // Changes the umask, listens to signals, and sets the exit code.
    const { code } = await callCli(["local", "nowhere.yaml", "--env", "nowhere"], {}, folder);
    expect(code).to.equal(2);
    expect(state()).to.deep.equal(before);
  });

  it("begins anew with each call", async () => {
    const file = join(tempFolder(), "nowhere.yaml");
    const [first, second] = [await callCli(["validate", file]), await callCli(["validate", file])];
    expect(second).to.deep.equal(first);
  });

  it("refuses two calls at the same time", async () => {
    const calls = await Promise.allSettled([callCli(["--help"]), callCli(["--help"])]);
    expect(calls.map(({ status }) => status)).to.have.members(["fulfilled", "rejected"]);
  });
});
