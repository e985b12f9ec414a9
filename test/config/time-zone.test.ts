import { expect } from "chai";
import { parseTimeZone } from "../../config/time-zone";
import { outcome } from "./support";

describe("parseTimeZone", () => {
  for (const zone of [
    "UTC",
    "Europe/Berlin",
    "America/Argentina/Buenos_Aires",
    "US/Eastern",
    "Asia/Kolkata",
    "Etc/GMT+5",
  ]) {
    it(`takes ${zone}`, () => {
      expect(outcome(parseTimeZone(zone))).to.deep.equal({ value: zone, findings: [] });
    });
  }

  const refused: readonly (readonly [string, string])[] = [
    ["Europe/Berln", "; did you mean Europe/Berlin?"],
    ["europe/berlin", "; did you mean Europe/Berlin?"],
    ["utc", "; did you mean UTC?"],
    ["+02:00", ""],
    ["", ""],
    ["somewhere", ""],
  ];
  for (const [zone, hint] of refused) {
    it(`refuses ${JSON.stringify(zone)}`, () => {
      expect(outcome(parseTimeZone(zone))).to.deep.equal({
        value: undefined,
        findings: [`error: is not an IANA time zone${hint}`],
      });
    });
  }
});
