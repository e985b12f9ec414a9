import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
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
    expect(await onDefaultBranch(file, repository)).to.deep.equal({ branch: "main", isSame: true });
  });

  it("differs when it was edited, and when the edit is on another branch only", async () => {
    git("switch", "--quiet", "--create", "topic");
    writeFileSync(file, "Name: other\n");
    expect(await onDefaultBranch(file, repository)).to.deep.equal({ branch: "main", isSame: false });
    commit();
    expect(await onDefaultBranch(file, repository)).to.deep.equal({ branch: "main", isSame: false });
  });

  it("differs when it is new", async () => {
    const added = join(repository, "servers", "new.yaml");
    writeFileSync(added, "Name: partner\n");
    expect(await onDefaultBranch(added, repository)).to.deep.equal({ branch: "main", isSame: false });
  });

  it("is held against the remote's branch rather than one's own of the same name", async () => {
    const clone = tempFolder();
    execFileSync("git", ["clone", "--quiet", repository, clone], { stdio: ["ignore", "ignore", "inherit"] });
    repository = clone;
    file = join(clone, "servers", "partner.yaml");
    writeFileSync(file, "Name: other\n");
    commit();
    expect(await onDefaultBranch(file, repository)).to.deep.equal({ branch: "origin/main", isSame: false });
  });

  it("is nowhere without a repository, before the first commit, and outside of the project", async () => {
    const outside = join(tempFolder(), "partner.yaml");
    writeFileSync(outside, "Name: partner\n");
    expect(await onDefaultBranch(outside, repository)).to.deep.equal({ branch: "main", isSame: false });
    repository = tempFolder();
    writeFileSync(join(repository, "partner.yaml"), "Name: partner\n");
    expect(await onDefaultBranch(join(repository, "partner.yaml"), repository)).to.deep.equal({ isSame: false });
    git("init", "--quiet", "--initial-branch", "main");
    expect(await onDefaultBranch(join(repository, "partner.yaml"), repository)).to.deep.equal({ isSame: false });
  });

  it("differs in a repository of somebody else's below the project, whose filters do not run", async () => {
    const project = repository;
    repository = join(project, "servers", "acme");
    mkdirSync(repository);
    const marker = join(tempFolder(), "ran");
    writeFileSync(join(repository, "partner.yaml"), "Name: acme\n");
    writeFileSync(join(repository, ".gitattributes"), "*.yaml filter=own\n");
    git("init", "--quiet", "--initial-branch", "main");
    commit();
    git("config", "filter.own.clean", `touch ${marker}; cat`);
    const reviewed = await onDefaultBranch(join(repository, "partner.yaml"), project);
    expect(reviewed).to.deep.equal({ branch: "main", isSame: false });
    expect(existsSync(marker)).to.equal(false);
  });

  it("is held against no tag that is called like a branch", async () => {
    git("switch", "--quiet", "--create", "topic");
    writeFileSync(file, "Name: other\n");
    commit();
    git("tag", "origin/HEAD");
    git("tag", "main");
    expect(await onDefaultBranch(file, repository)).to.deep.equal({ branch: "main", isSame: false });
  });

  it("is the same with other ends of lines", async () => {
    writeFileSync(file, "Name: partner\r\n");
    expect(await onDefaultBranch(file, repository)).to.deep.equal({ branch: "main", isSame: true });
  });
});
