import { expect } from "chai";
import { describeReceived } from "../../config/received";

describe("describeReceived", () => {
  const cases: readonly (readonly [string, unknown, string | undefined])[] = [
    ["quotes text", "a", '"a"'],
    ["shows numbers and booleans", 5, "5"],
    ["names a list by its kind", ["a"], "a list"],
    ["names a map by its kind", { a: 1 }, "a map"],
    ["keeps to one line", "a\nb", '"a\\nb"'],
    ["cuts long text", "x".repeat(100), `"${"x".repeat(77)}..."`],
    ["has nothing to show of nothing", undefined, undefined],
    ["never shows a private key", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc", undefined],
    ["never shows a password in a URL", "sftp://user:hunter2@host", undefined],
    ["never shows a password before a host", "user:hunter2@host", undefined],
  ];
  for (const [behaviour, value, shown] of cases) {
    it(behaviour, () => {
      expect(describeReceived(value)).to.equal(shown);
    });
  }
});
