import { expect } from "chai";
import { normaliseName, physicalName, syncNameFromFolder } from "../../../config/naming/names";

describe("normaliseName", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["partner-1", "partner-1"],
    ["SFTP-Provider-1", "sftp-provider-1"],
    ["  My Server_2 ", "my-server-2"],
    ["a--b", "a-b"],
    ["-a-", "a"],
    ["Zürich Café", "zurich-cafe"],
    ["日本", ""],
    ["", ""],
  ];
  for (const [text, name] of cases) {
    it(`makes ${JSON.stringify(name)} of ${JSON.stringify(text)}`, () => {
      expect(normaliseName(text)).to.equal(name);
    });
  }
});

describe("syncNameFromFolder", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["/", "root"],
    ["/home/folder-1", "home-folder-1"],
    ["/data/%year%/%month%", "data-year-month"],
    ["/data/%year%%month%%day%", "data-year-month-day"],
    ["/data/report%year%", "data-report-year"],
    ["/A b/C.d", "a-b-c-d"],
  ];
  for (const [folder, name] of cases) {
    it(`names ${folder} ${name}`, () => {
      expect(syncNameFromFolder(folder)).to.equal(name);
    });
  }

  it("gives a folder without Latin letters a stable name of its own", () => {
    expect(syncNameFromFolder("/日本")).to.match(/^folder-[0-9a-f]{8}$/);
    expect(syncNameFromFolder("/日本")).to.equal(syncNameFromFolder("/日本"));
    expect(syncNameFromFolder("/日本")).not.to.equal(syncNameFromFolder("/中国"));
  });

  it("shortens a long folder, and keeps two of them apart", () => {
    const long = `/${"folder/".repeat(20)}`;
    expect(syncNameFromFolder(`${long}a`)).to.have.length.at.most(64);
    expect(syncNameFromFolder(`${long}a`)).not.to.equal(syncNameFromFolder(`${long}b`));
  });
});

describe("physicalName", () => {
  it("joins the parts with a hyphen", () => {
    expect(physicalName(["sftp-sync", "partner", "data"], 64)).to.equal("sftp-sync-partner-data");
  });

  it("leaves a name alone that is exactly as long as the limit", () => {
    const name = "a".repeat(64);
    expect(physicalName([name], 64)).to.equal(name);
  });

  it("shortens a name that is one longer, to the limit", () => {
    expect(physicalName(["a".repeat(65)], 64)).to.match(/^a{55}-[0-9a-f]{8}$/);
  });

  it("keeps names apart that differ only where they are cut", () => {
    const start = "a".repeat(100);
    expect(physicalName([start, "x"], 64)).not.to.equal(physicalName([start, "y"], 64));
  });

  it("gives the same name every time", () => {
    expect(physicalName(["a".repeat(40), "b".repeat(40)], 64)).to.equal(`${"a".repeat(40)}-${"b".repeat(14)}-f5e4207a`);
  });

  it("leaves no doubled hyphen at the cut", () => {
    expect(physicalName(["a".repeat(54), "b".repeat(40)], 64)).to.match(/^a{54}-[0-9a-f]{8}$/);
  });

  it("refuses a limit that has no room for a hash", () => {
    expect(() => physicalName(["a".repeat(20)], 9)).to.throw(RangeError);
  });
});
