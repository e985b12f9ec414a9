import { mkdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { lastUsedFirst } from "../../../scripts/build/last-used-first.mjs";
import { tempFolder } from "../../support/temp-folder";

describe("lastUsedFirst", () => {
  it("names what was used last first", () => {
    const folder = tempFolder();
    for (const [name, day] of Object.entries({ a: 2, b: 3, c: 1 })) {
      mkdirSync(join(folder, name));
      utimesSync(join(folder, name), new Date(2026, 0, day), new Date(2026, 0, day));
    }
    expect(lastUsedFirst(folder)).to.deep.equal(["b", "a", "c"]);
  });

  it("names nothing where there is no cache", () => {
    expect(lastUsedFirst(join(tempFolder(), "none"))).to.deep.equal([]);
  });
});
