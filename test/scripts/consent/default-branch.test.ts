import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { onDefaultBranch } from "../../../scripts/commands/consent/default-branch";
import { isOnPath } from "../../support/on-path";
import { tempFolder } from "../../support/temp-folder";

describe("a file beside the default branch", () => {
  let repository: string;
  let file: string;

  before(function () {
    if (!isOnPath("git")) {
      this.skip();
    }
  });

  beforeEach(() => {
    repository = tempFolder();
    mkdirSync(join(repository, "servers"));
    file = join(repository, "servers", "partner.yaml");
    writeFileSync(file, "Name: partner\n");
    git("init", "--quiet", "--initial-branch", "main");
    commit();
  });

  function git(...args: string[]): void {
    const author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
    execFileSync("git", ["-C", repository, ...author, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  }

  function commit(): void {
    git("add", ".");
    git("commit", "--quiet", "--message", "A change");
  }

  it("is the same as it was merged, on whatever branch one is", async () => {
    git("switch", "--quiet", "--create", "topic");
    expect(await onDefaultBranch(file)).to.deep.equal({ branch: "main", isSame: true });
  });

  it("differs when it was edited, and when the edit is on another branch only", async () => {
    git("switch", "--quiet", "--create", "topic");
    writeFileSync(file, "Name: other\n");
    expect(await onDefaultBranch(file)).to.deep.equal({ branch: "main", isSame: false });
    commit();
    expect(await onDefaultBranch(file)).to.deep.equal({ branch: "main", isSame: false });
  });

  it("differs when it is new", async () => {
    const added = join(repository, "servers", "new.yaml");
    writeFileSync(added, "Name: partner\n");
    expect(await onDefaultBranch(added)).to.deep.equal({ branch: "main", isSame: false });
  });

  it("is held against the remote's branch rather than one's own of the same name", async () => {
    const clone = tempFolder();
    execFileSync("git", ["clone", "--quiet", repository, clone], { stdio: ["ignore", "ignore", "inherit"] });
    repository = clone;
    file = join(clone, "servers", "partner.yaml");
    writeFileSync(file, "Name: other\n");
    commit();
    expect(await onDefaultBranch(file)).to.deep.equal({ branch: "origin/main", isSame: false });
  });

  it("is nowhere without a repository, or before the first commit", async () => {
    const outside = join(tempFolder(), "partner.yaml");
    writeFileSync(outside, "Name: partner\n");
    expect(await onDefaultBranch(outside)).to.deep.equal({ isSame: false });
    repository = tempFolder();
    git("init", "--quiet", "--initial-branch", "main");
    expect(await onDefaultBranch(join(repository, "partner.yaml"))).to.deep.equal({ isSame: false });
  });
});
