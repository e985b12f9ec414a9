import { expect } from "chai";
import { nextOccurrence } from "../../../config/schedule/occurrences";
import { occurrencesBetween } from "../../../config/schedule/occurrences-between";
import type { Schedule } from "../../../contract/model";

/** One after the other, as it is told when a schedule is due next. */
function oneByOne(schedule: Schedule, from: Date, to: Date): number[] {
  const times: number[] = [];
  let at = nextOccurrence(schedule, new Date(from.getTime() - 1));
  for (; at !== undefined && at < to; at = nextOccurrence(schedule, at)) {
    times.push(at.getTime());
  }
  return times;
}

/** Clocks that are put forward and back at 2 and 3, by half an hour, and at midnight. */
const ZONES = ["Europe/Berlin", "Australia/Lord_Howe", "America/Havana"];

const EXPRESSIONS = ["10,50 * * * ? *", "30 0,1,2 * * ? *", "0 0 L * ? *", "15 23 ? * 1#1 *"];

describe("the occurrences between two times", () => {
  for (const timezone of ZONES) {
    it(`are those that follow one another, in ${timezone}`, () => {
      for (const fields of EXPRESSIONS) {
        const schedule: Schedule = { kind: "cron", expression: `cron(${fields})`, timezone };
        for (const [start, end] of [["2028-03-09", "2028-04-04"] as const, ["2027-10-29", "2027-11-09"] as const]) {
          const [from, to] = [new Date(`${start}T00:00:00Z`), new Date(`${end}T00:00:00Z`)];
          const found = [...occurrencesBetween(schedule, from, to)].map((due) => due.getTime()).sort((a, b) => a - b);
          expect(found, fields).to.deep.equal(oneByOne(schedule, from, to));
        }
      }
    });
  }
});
