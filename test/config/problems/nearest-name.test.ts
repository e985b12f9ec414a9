import { expect } from "chai";
import { didYouMean, nearestName } from "../../../config/problems/nearest-name";

const NAMES = ["Name", "Url", "Schedule", "ScheduleTimezone", "logRetentionDays"];

describe("nearestName", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["Shedule", "Schedule"],
    ["schedule", "Schedule"],
    ["URL", "Url"],
    ["Nmae", "Name"],
    ["Ulr", "Url"],
    ["lru", undefined],
    ["Shceduel", "Schedule"],
    ["Names", "Name"],
    ["log_retention_days", "logRetentionDays"],
    ["Foo", undefined],
    ["", undefined],
  ];
  for (const [text, name] of cases) {
    it(`finds ${name ?? "nothing"} for ${JSON.stringify(text)}`, () => {
      expect(nearestName(text, NAMES)).to.equal(name);
    });
  }

  it("finds nothing among no names", () => {
    expect(nearestName("Name", [])).to.equal(undefined);
  });
});

describe("didYouMean", () => {
  it("asks when a name is near, and is silent otherwise", () => {
    expect(didYouMean("Shedule", NAMES)).to.equal("; did you mean Schedule?");
    expect(didYouMean("Foo", NAMES)).to.equal("");
  });
});
