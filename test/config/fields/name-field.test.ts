import { expect } from "chai";
import { parseName } from "../../../config/fields/name-field";
import { outcome } from "../support";

describe("parseName", () => {
  const cases: readonly (readonly [string, string | undefined, readonly string[]])[] = [
    ["partner-1", "partner-1", []],
    ["SFTP-Provider-1", "sftp-provider-1", ["warning: is used as sftp-provider-1"]],
    ["a".repeat(64), "a".repeat(64), []],
    ["a".repeat(65), undefined, ["error: is too long"]],
    ["--", undefined, ["error: has no letter a-z and no digit"]],
    ["", undefined, ["error: has no letter a-z and no digit"]],
  ];
  for (const [text, value, findings] of cases) {
    it(`makes ${value ?? "no name"} of ${JSON.stringify(text)}`, () => {
      expect(outcome(parseName(text))).to.deep.equal({ value, findings });
    });
  }
});
