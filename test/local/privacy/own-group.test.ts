import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { isOwnGroup } from "../../../local/privacy/own-group";
import { isOnPath } from "../../support/on-path";
import { noStrangers, STRANGER } from "../../support/strangers";

const MODULE = join(__dirname, "..", "..", "..", "local", "privacy", "own-group.ts");

const asUser = (uid: number) => [`--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"];

/** A project may lie in root's own folder. */
const canRead = (file: string) => spawnSync("setpriv", [...asUser(STRANGER), "test", "-r", file]).status === 0;

/** What another user sees of a group. */
function seenBy(uid: number, gid: number): string {
  const code = `require(${JSON.stringify(MODULE)}).isOwnGroup(${gid}).then((own) => console.log(own))`;
  const args = [...asUser(uid), process.execPath, "-r", "tsx/cjs", "-e", code];
  return execFileSync("setpriv", args, { encoding: "utf8", env: { ...process.env, HOME: "/" } }).trim();
}

describe("isOwnGroup", () => {
  before(function () {
    if (noStrangers !== undefined || !isOnPath("setpriv") || !canRead(MODULE)) {
      this.skip();
    }
  });

  it("knows the group that a user has alone by its number, where nobody has given it a name", () => {
    expect(seenBy(STRANGER, STRANGER)).to.equal("true");
    expect(seenBy(STRANGER, STRANGER + 1)).to.equal("false");
  });

  it("takes no group for a user's own that is called otherwise, or has other members", async () => {
    // As Debian has them: daemon is alone in the group of that name; users is called otherwise; tty has no number of a user.
    expect(seenBy(1, 1)).to.equal("true");
    expect(seenBy(1, 100)).to.equal("false");
    expect(await isOwnGroup(5)).to.equal(false);
  });
});
