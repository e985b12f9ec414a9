import { expect } from "chai";
import { describeName, describeReceived } from "../../../config/problems/received";

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
    ["never shows a password with a slash in it", "sftp://user:hun/ter2@host", undefined],
    ["never shows a password before an encoded @", "user:hunter2%40host", undefined],
    ["never shows a key of PuTTY's", "PuTTY-User-Key-File-3: x", undefined],
    ["escapes what would change how the line is shown", "a\u202eb\u2028", '"a\\u{202e}b\\u{2028}"'],
  ];
  for (const [behaviour, value, shown] of cases) {
    it(behaviour, () => {
      expect(describeReceived(value)).to.equal(shown);
    });
  }
});

describe("describeName", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["shows a name as it is", "TrustedHostKeys", "TrustedHostKeys"],
    ["shows a name for credentials", "private_key", "private_key"],
    ["keeps to one line", "a\nb", "a\\u{a}b"],
    ["cuts a long name", "x".repeat(100), `${"x".repeat(77)}...`],
    ["shows no more than the name of what is written behind it", "Password:hunter2", "Password"],
    ["shows nothing where a secret comes first", "-----BEGIN PRIVATE KEY-----", "(not shown)"],
  ];
  for (const [behaviour, name, shown] of cases) {
    it(behaviour, () => {
      expect(describeName(name)).to.equal(shown);
    });
  }
});
