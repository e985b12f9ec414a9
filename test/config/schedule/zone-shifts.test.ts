import { expect } from "chai";
import { zoneShifts } from "../../../config/schedule/zone-shifts";

const YEAR = [new Date("2027-01-01T00:00:00Z"), new Date("2028-01-01T00:00:00Z")] as const;
const HOUR = 3600;

describe("zoneShifts", () => {
  it("finds when the clocks are put forward and back", () => {
    expect(zoneShifts("Europe/Berlin", ...YEAR)).to.deep.equal([
      { at: new Date("2027-03-28T01:00:00Z"), before: HOUR, after: 2 * HOUR },
      { at: new Date("2027-10-31T01:00:00Z"), before: 2 * HOUR, after: HOUR },
    ]);
  });

  it("knows offsets west of Greenwich, and shifts of half an hour", () => {
    const [spring] = zoneShifts("America/New_York", ...YEAR);
    expect(spring).to.deep.equal({ at: new Date("2027-03-14T07:00:00Z"), before: -5 * HOUR, after: -4 * HOUR });
    const offsets = zoneShifts("Australia/Lord_Howe", ...YEAR).map(({ before, after }) => after - before);
    expect(offsets).to.deep.equal([-HOUR / 2, HOUR / 2]);
  });

  it("finds none in zones that keep their offset", () => {
    for (const zone of ["UTC", "Asia/Kolkata", "Etc/GMT+5"]) {
      expect(zoneShifts(zone, ...YEAR), zone).to.deep.equal([]);
    }
  });

  it("looks no further than it is told", () => {
    expect(
      zoneShifts("Europe/Berlin", new Date("2027-03-28T01:00:00Z"), new Date("2027-10-31T00:59:00Z")),
    ).to.deep.equal([]);
  });
});
