import { expect } from "chai";
import { parseTimeZone } from "../../../config/schedule/time-zone";
import { outcome } from "../support";

describe("parseTimeZone", () => {
  for (const zone of ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "US/Eastern", "Asia/Kolkata"]) {
    it(`takes ${zone}`, () => {
      expect(outcome(parseTimeZone(zone))).to.deep.equal({ value: zone, findings: [] });
    });
  }

  const refused: readonly (readonly [string, string])[] = [
    ["Europe/Berln", "; did you mean Europe/Berlin?"],
    ["europe/berlin", "; did you mean Europe/Berlin?"],
    ["utc", "; did you mean UTC?"],
    ["us/eastern", "; did you mean US/Eastern?"],
    ["asia/kolkata", "; did you mean Asia/Kolkata?"],
    ["gmt", "; did you mean GMT?"],
    // Known to Intl, which takes it for Bangladesh's.
    ["BST", ""],
    ["PST", ""],
    ["UTC+2", ""],
    ["SystemV/EST5", ""],
    ["+02:00", ""],
    ["", ""],
    ["somewhere", ""],
  ];
  for (const [zone, hint] of refused) {
    it(`refuses ${JSON.stringify(zone)}`, () => {
      const { value, findings } = outcome(parseTimeZone(zone));
      expect(value).to.equal(undefined);
      expect(findings).to.deep.equal([`error: is not an IANA time zone${hint}`]);
    });
  }

  for (const [name, meaning] of [
    ["Etc/GMT+5", "UTC-5"],
    ["Etc/GMT-14", "UTC+14"],
  ] as const) {
    it(`says that ${name} is ${meaning}`, () => {
      expect(outcome(parseTimeZone(name))).to.deep.equal({
        value: name,
        findings: [`warning: is ${meaning}: the signs of these names are turned round`],
      });
    });
  }

  for (const name of ["Etc/GMT", "Etc/UTC", "UTC", "Europe/Berlin"]) {
    it(`has nothing to say of ${name}`, () => {
      expect(outcome(parseTimeZone(name))).to.deep.equal({ value: name, findings: [] });
    });
  }
});
