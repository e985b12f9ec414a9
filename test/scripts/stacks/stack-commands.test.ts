import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { cdktfDeploy, cdktfDestroy, stacksToPlan } from "../../../scripts/stacks/stack-commands";

const ALONE = "--ignore-missing-stack-dependencies";

describe("npm run deploy", () => {
  for (const [args, expected] of [
    [[], ["deploy", "*"]],
    [["shared"], ["deploy", "shared"]],
    [["server-a"], ["deploy", "server-a", ALONE]],
    [
      ["server-a", "server-b"],
      ["deploy", "server-a", "server-b", ALONE],
    ],
    [["server-*"], ["deploy", "server-*", ALONE]],
    [["*"], ["deploy", "*"]],
    [["s*"], ["deploy", "s*"]],
    [
      ["server-a", "shared"],
      ["deploy", "server-a", "shared"],
    ],
    [["--auto-approve"], ["deploy", "*", "--auto-approve"]],
    [
      ["--auto-approve", "server-b", "--outputs-file", "server-a"],
      ["deploy", "server-b", ALONE, "--auto-approve", "--outputs-file", "server-a"],
    ],
    [
      ["server-a", "--parallelism", "2"],
      ["deploy", "server-a", ALONE, "--parallelism", "2"],
    ],
  ] as const) {
    it(`${args.join(" ") || "without a name"} is cdktf ${expected.join(" ")}`, () => {
      expect(cdktfDeploy(args)).to.deep.equal(expected);
    });
  }
});

const ALL = ["shared", "server-a", "server-b"];

describe("npm run diff", () => {
  for (const [names, expected] of [
    [[], ALL],
    [["*"], ALL],
    [
      ["server-b", "shared"],
      ["shared", "server-b"],
    ],
    [["server-*"], ["server-a", "server-b"]],
    [
      ["server-a", "server-*"],
      ["server-a", "server-b"],
    ],
  ] as const) {
    it(`${names.join(" ") || "without a name"} plans ${expected.join(", ")}`, () => {
      expect(stacksToPlan(ALL, names)).to.deep.equal(expected);
    });
  }

  it("names what there is where a name fits nothing", () => {
    expect(() => stacksToPlan(ALL, ["server-a", "partner"])).to.throw(
      "There is no stack partner (allowed: shared, server-a, server-b",
    );
  });
});

describe("npm run destroy", () => {
  for (const [args, forceDestroy, expected] of [
    [["server-a"], false, ["destroy", "server-a"]],
    [["server-a", "server-b"], false, ["destroy", "server-a", "server-b"]],
    [["server-*", "--auto-approve"], false, ["destroy", "server-*", "--auto-approve"]],
    [["*"], true, ["destroy", "*"]],
    [["shared"], true, ["destroy", "shared"]],
  ] as const) {
    it(`${args.join(" ")} is cdktf ${expected.join(" ")}`, () => {
      expect(cdktfDestroy(args, forceDestroy)).to.deep.equal(expected);
    });
  }

  for (const names of [["*"], ["shared"], ["server-a", "shared"], ["s*"]]) {
    it(`refuses ${names.join(" ")} before anything is touched, unless buckets may go with what they hold`, () => {
      expect(() => cdktfDestroy(names, false))
        .to.throw(UserError, /list-results bucket holds/)
        .with.property("next")
        .that.contains("set forceDestroy to true");
    });
  }

  it("takes no name for no more than a mistake", () => {
    expect(() => cdktfDestroy([], true))
      .to.throw(UserError)
      .with.property("next")
      .that.contains("'*' for everything");
    expect(() => cdktfDestroy(["--auto-approve"], true))
      .to.throw(UserError)
      .with.property("next")
      .that.contains("'*' for everything");
  });
});
