import { expect } from "chai";
import { parseTime } from "../../../engine/listing/listing-time";

describe("parseTime", () => {
  const table: [string | number | undefined, string | undefined][] = [
    [1767225600, "2026-01-01T00:00:00.000Z"],
    ["1767225600", "2026-01-01T00:00:00.000Z"],
    [1767225600.25, "2026-01-01T00:00:00.250Z"],
    ["1767225600.25", "2026-01-01T00:00:00.250Z"],
    [" 1767225600 ", "2026-01-01T00:00:00.000Z"],
    [1.5, "1970-01-01T00:00:01.500Z"],
    ["1.5", "1970-01-01T00:00:01.500Z"],
    [0, "1970-01-01T00:00:00.000Z"],
    [-5, "1969-12-31T23:59:55.000Z"],
    ["-5", "1969-12-31T23:59:55.000Z"],
    ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"],
    ["2026-01-01T01:00:00.123+01:00", "2026-01-01T01:00:00.123+01:00"],
    ["2026-01-01T00:00:00", "2026-01-01T00:00:00Z"],
    ["2026-01-01 00:00", "2026-01-01 00:00Z"],
    ["Thu, 01 Jan 2026 00:00:00 GMT", "Thu, 01 Jan 2026 00:00:00 GMT"],
    [undefined, undefined],
    ["", undefined],
    [" ", undefined],
    ["yesterday", undefined],
    ["2026-01-01 (Z)", undefined],
    ["2026-01-01 1:2", undefined],
    ["1-01:00", undefined],
    [`2026-01-01T00:00:00${" ".repeat(100)}Z`, undefined],
    ["1.2.3", undefined],
    [1e30, undefined],
    ["99999999999999999999", undefined],
  ];
  for (const [written, expected] of table) {
    it(`reads ${JSON.stringify(written)} as ${expected ?? "no time"}`, () => {
      expect(parseTime(written)).to.equal(expected);
    });
  }

  it("reads a time without a zone as UTC, wherever the code runs", () => {
    expect(Date.parse(parseTime("2026-01-01 00:00") ?? "")).to.equal(Date.UTC(2026, 0, 1));
  });
});
