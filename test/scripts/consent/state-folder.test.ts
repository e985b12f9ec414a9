import { expect } from "chai";
import { type Machine, stateFolder } from "../../../scripts/commands/consent/state-folder";

describe("stateFolder", () => {
  const machine = (changes: Partial<Machine>): Machine => ({
    platform: "linux",
    env: {},
    homedir: () => "/home/somebody",
    ...changes,
  });
  const of = (changes: Partial<Machine>) => stateFolder("/srv/project", machine(changes));

  it("is where each system keeps such things", async () => {
    expect(await of({})).to.equal("/home/somebody/.local/state/sftp-sync");
    expect(await of({ env: { XDG_STATE_HOME: "/state" } })).to.equal("/state/sftp-sync");
    expect(await of({ env: { XDG_STATE_HOME: "state" } })).to.equal("/home/somebody/.local/state/sftp-sync");
    expect(await of({ platform: "darwin" })).to.equal("/home/somebody/Library/Application Support/sftp-sync");
    expect(await of({ platform: "win32", env: { LOCALAPPDATA: "/Local" } })).to.equal("/Local/sftp-sync");
  });

  it("is nowhere for a user without a home, and never in the project", async () => {
    const noHome = () => {
      throw new Error("uv_os_homedir returned ENOENT");
    };
    expect(await of({ homedir: noHome })).to.equal(undefined);
    expect(await of({ homedir: () => "" })).to.equal(undefined);
    expect(await of({ homedir: () => "/srv/project" })).to.equal(undefined);
    expect(await of({ homedir: () => "/srv/project-of-others" })).to.equal(
      "/srv/project-of-others/.local/state/sftp-sync",
    );
  });
});
