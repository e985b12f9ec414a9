import { expect } from "chai";
import { hasDateTags, withDigitsForTags } from "../../contract/folder-tags";
import { resolveDateTags } from "../../engine/listing/remote-path";

describe("hasDateTags", () => {
  it("knows the three tags", () => {
    expect(["/a/%year%", "/a/%month%", "/a/%day%", "/a", "/%"].map(hasDateTags)).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("withDigitsForTags", () => {
  for (const folder of ["/", "/a", "/%year%/%month%/%day%", "/%year%%year%", "/%YEAR%/100%"]) {
    it(`makes ${folder} as long as a run does`, () => {
      expect(withDigitsForTags(folder)).to.have.lengthOf(resolveDateTags(folder, new Date("2026-07-01")).length);
    });
  }
});
