import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";

const ROOT = join(__dirname, "..");

describe("what Git ignores", () => {
  it("is in no commit: people do not look for built files, packages and state in a change, and commands use them", function () {
    const { status, stdout } = spawnSync("git", ["ls-files", "--cached", "--ignored", "--exclude-standard"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    if (status !== 0) {
      this.skip(); // No repository, or no Git.
    }
    expect(stdout.split("\n").filter((file) => file !== "")).to.deep.equal([]);
  });
});
