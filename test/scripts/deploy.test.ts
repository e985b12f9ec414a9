import { expect } from "chai";
import { cdktfDeploy } from "../../scripts/deploy";

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
      ["server-a", "--parallelism", "2"],
      ["deploy", "server-a", ALONE, "--parallelism", "2"],
    ],
  ] as const) {
    it(`${args.join(" ") || "without a name"} is cdktf ${expected.join(" ")}`, () => {
      expect(cdktfDeploy(args)).to.deep.equal(expected);
    });
  }
});
