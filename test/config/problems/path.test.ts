import { expect } from "chai";
import { dottedPath, valueAt } from "../../../config/problems/path";

describe("dottedPath", () => {
  it("puts indexes in brackets and names after dots", () => {
    expect(dottedPath(["SyncSettings", 0, "RemoteFolders", "Folder"])).to.equal("SyncSettings[0].RemoteFolders.Folder");
    expect(dottedPath([])).to.equal("");
  });
});

describe("valueAt", () => {
  it("finds a value, and undefined where there is none", () => {
    const data = { list: [{ name: "a" }] };
    expect(valueAt(data, ["list", 0, "name"])).to.equal("a");
    expect(valueAt(data, [])).to.equal(data);
    expect(valueAt(data, ["list", 1, "name"])).to.equal(undefined);
    expect(valueAt(data, ["list", "length"])).to.equal(undefined);
    expect(valueAt(data, ["toString"])).to.equal(undefined);
  });
});
