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

  const refused: readonly (readonly [string, string | undefined])[] = [
    ["Europe/Berln", "; did you mean Europe/Berlin?"],
    ["europe/berlin", "; did you mean Europe/Berlin?"],
    ["utc", "; did you mean UTC?"],
    ["us/eastern", "; did you mean US/Eastern?"],
    ["asia/kolkata", "; did you mean Asia/Kolkata?"],
    ["gmt", "; did you mean GMT?"],
    // Known to Intl, which takes it for Bangladesh's.
    ["BST", undefined],
    ["PST", undefined],
    ["SystemV/EST5", undefined],
    ["+02:00", ""],
    ["", ""],
    ["somewhere", ""],
  ];
  for (const [zone, hint] of refused) {
    it(`refuses ${JSON.stringify(zone)}`, () => {
      const { value, findings } = outcome(parseTimeZone(zone));
      expect(value).to.equal(undefined);
      expect(findings).to.have.lengthOf(1);
      expect(findings[0]?.replace("error: is not an IANA time zone", "")).to.match(
        hint === undefined ? /^(; did you mean \S+\?)?$/ : new RegExp(`^${hint.replaceAll(/[?+]/g, "\\$&")}$`),
      );
    });
  }
});
