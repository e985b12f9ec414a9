import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { selectStacks } from "../../../scripts/stacks/stack-names";

const ALL = ["shared", "server-a", "server-partner"];

describe("the names of stacks", () => {
  for (const [names, expected] of [
    [[], ALL],
    [["*"], ALL],
    [["s*"], ALL],
    [
      ["server-partner", "shared"],
      ["shared", "server-partner"],
    ],
    [["server-*"], ["server-a", "server-partner"]],
    [
      ["server-a", "server-*"],
      ["server-a", "server-partner"],
    ],
    [["partner"], ["server-partner"]],
    [
      ["part*", "a"],
      ["server-a", "server-partner"],
    ],
  ] as const) {
    it(`${names.join(" ") || "(none)"} mean ${expected.join(", ")}`, () => {
      expect(selectStacks(ALL, names)).to.deep.equal(expected);
    });
  }

  for (const [name, nearest] of [
    ["server-partnr", "partner"],
    ["partnr", "partner"],
    ["Shared", "shared"],
  ] as const) {
    it(`${name} is told to be none, and most likely ${nearest}`, () => {
      expect(() => selectStacks(ALL, ["server-a", name])).to.throw(
        UserError,
        `There is no server or stack ${name} (allowed: shared, a, partner, or a pattern such as 'partner-*'); did you mean ${nearest}?`,
      );
    });
  }

  it("that a server has as well are the stack's own", () => {
    expect(
      selectStacks(["shared", "server-shared", "server-a", "server-server-a"], ["shared", "server-a"]),
    ).to.deep.equal(["shared", "server-a"]);
    expect(selectStacks(["shared", "server-server-a"], ["server-a"])).to.deep.equal(["server-server-a"]);
  });

  it("of which several are none are told at once", () => {
    expect(() => selectStacks(ALL, ["x", "server-z*"])).to.throw(
      UserError,
      /^There is no server or stack x .*\nNo server or stack has a name like server-z\* /,
    );
  });
});
