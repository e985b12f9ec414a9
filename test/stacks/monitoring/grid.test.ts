import { expect } from "chai";
import { grid } from "../../../stacks/constructs/monitoring/dashboard/grid";
import { text, type Widget } from "../../../stacks/constructs/monitoring/dashboard/widgets";

const widget = (width: number, height: number): Widget => text(["x"], { width, height });

describe("grid", () => {
  it("puts rows one below the other", () => {
    const places = grid([[widget(24, 2)], [widget(16, 6), widget(8, 6)], [widget(24, 1)]]).map(({ x, y }) => [x, y]);
    expect(places).to.deep.equal([
      [0, 0],
      [0, 2],
      [16, 2],
      [0, 8],
    ]);
  });

  for (const [what, row] of [
    ["too narrow", [widget(12, 6), widget(8, 6)]],
    ["too wide", [widget(20, 6), widget(8, 6)]],
    ["uneven", [widget(12, 6), widget(12, 5)]],
    ["empty", []],
  ] as const) {
    it(`refuses a row that is ${what}`, () => {
      expect(() => grid([[widget(24, 1)], row])).to.throw("Row 1 of the dashboard");
    });
  }
});
