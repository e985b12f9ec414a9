import { expect } from "chai";
import { firstHalf, StoredTree, type Version } from "../../simulation/remote-tree";

const VERSION: Version = { content: "x", bytes: 1, size: 1, modified: "2026-01-01T00:00:00Z" };
const NOW = new Date("2026-03-05T10:00:00Z");

function tree(...paths: string[]): StoredTree {
  const made = new StoredTree(["/data"]);
  for (const path of paths) {
    made.put(path, VERSION);
  }
  return made;
}

function names(made: StoredTree, folder: string) {
  const listed = made.list(folder, NOW);
  return listed && { files: [...listed.files.keys()], folders: listed.folders };
}

describe("the simulated remote tree", () => {
  it("lists what lies right in a folder", () => {
    const made = tree("/data/a", "/data/sub/b", "/data/sub/deep/c");
    expect(names(made, "/data")).to.deep.equal({ files: ["/data/a"], folders: ["/data/sub"] });
    expect(names(made, "/data/sub")).to.deep.equal({ files: ["/data/sub/b"], folders: ["/data/sub/deep"] });
    expect(names(made, "/")).to.deep.equal({ files: [], folders: ["/data"] });
    expect(names(made, "/data/none")).to.equal(undefined);
  });

  it("replaces a file by a folder of its name, and a folder by a file", () => {
    const made = tree("/data/a", "/data/a/inside");
    expect(names(made, "/data")).to.deep.equal({ files: [], folders: ["/data/a"] });
    made.put("/data/a", VERSION);
    expect(names(made, "/data")).to.deep.equal({ files: ["/data/a"], folders: [] });
    expect(names(made, "/data/a")).to.equal(undefined);
    expect(made.paths()).to.deep.equal(["/data/a"]);
  });

  it("removes a folder with everything below it, and nothing beside it", () => {
    const made = tree("/data/sub/b", "/data/sub/deep/c", "/data/sub2/d");
    made.removeFolder("/data/sub");
    expect(made.paths()).to.deep.equal(["/data/sub2/d"]);
    expect(names(made, "/data")).to.deep.equal({ files: [], folders: ["/data/sub2"] });
    expect(names(made, "/data/sub/deep")).to.equal(undefined);
  });

  it("shows what a listing saw when it was made, whatever changes afterwards", () => {
    const made = tree("/data/a", "/data/b", "/data/sub/c");
    const listed = made.list("/data", NOW);
    made.remove("/data/a");
    expect([...(listed?.files.keys() ?? [])]).to.deep.equal(["/data/a", "/data/b"]);
    const half = listed && firstHalf(listed);
    expect([...(half?.files.keys() ?? [])]).to.deep.equal(["/data/a"]);
    expect(half).to.deep.include({ folders: [], truncated: true });
  });
});
