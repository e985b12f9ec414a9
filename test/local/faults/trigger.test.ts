import { expect } from "chai";
import { type TriggerSpec, Triggers } from "../../../local/faults/trigger";

const strikesOf = (spec: TriggerSpec, occasions: number) => {
  const triggers = new Triggers([spec]);
  return Array.from({ length: occasions }, () => triggers.strike(() => true)).flatMap((struck, index) =>
    struck === spec ? [index + 1] : [],
  );
};

describe("when a fault strikes", () => {
  for (const [name, spec, expected] of [
    ["every time", { After: 0, Every: 1 }, [1, 2, 3, 4, 5, 6, 7, 8]],
    ["every third time", { After: 0, Every: 3 }, [3, 6]],
    ["not before a number of occasions", { After: 5, Every: 1 }, [6, 7, 8]],
    ["every second time after three", { After: 3, Every: 2 }, [5, 7]],
    ["only so often", { After: 0, Every: 2, Times: 2 }, [2, 4]],
  ] as const) {
    it(name, () => {
      expect(strikesOf(spec, 8)).to.deep.equal(expected);
    });
  }

  it("each fault counts the occasions that match it", () => {
    const faults = [
      { After: 1, Every: 1, of: "a" },
      { After: 0, Every: 1, of: "b" },
    ];
    const triggers = new Triggers(faults);
    const show = (what: string) => triggers.strike(({ of }) => of === what);
    expect(show("b")).to.equal(faults[1]);
    expect(show("a")).to.equal(undefined);
    expect(show("a")).to.equal(faults[0]);
  });
});
