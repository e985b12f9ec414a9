import { expect } from "chai";
import { cronFieldReasons, minutesOfDay } from "../../../config/schedule/cron-fields";

const FIELDS = ["minutes", "hours", "day-of-month", "month", "day-of-week", "year"];

/** A valid expression with one field replaced. */
function withField(name: string, text: string): string[] {
  const week = name === "day-of-week";
  const rest = ["0", "0", week ? "?" : "1", "*", week ? "1" : "?", "*"];
  return rest.map((field, index) => (FIELDS[index] === name ? text : field));
}

describe("cronFieldReasons", () => {
  const taken: Readonly<Record<string, readonly string[]>> = {
    minutes: ["*", "0", "59", "0,30", "0-59", "0/10", "*/5", "10-50/20", "05"],
    hours: ["*", "0", "23", "8-17", "0/6"],
    "day-of-month": ["*", "1", "31", "1,15", "1-7", "1/7", "L", "LW", "1W", "15W", "31W"],
    month: ["*", "1", "12", "JAN", "DEC", "JAN,JUL", "JAN-MAR", "1/3"],
    "day-of-week": ["*", "1", "7", "SUN", "SAT", "MON-FRI", "2,4,6", "L", "6L", "FRIL", "2#1", "7#5", "TUE#2"],
    year: ["*", "1970", "2199", "2026-2030", "2026/2", "2026,2028"],
  };
  for (const [name, texts] of Object.entries(taken)) {
    for (const text of texts) {
      it(`takes ${text} as ${name}`, () => {
        expect(cronFieldReasons(withField(name, text))).to.deep.equal([]);
      });
    }
  }

  const refused: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    minutes: {
      "60": "60 is not possible here",
      "-1": "-1 is not possible here",
      "?": "? is not possible here",
      "1.5": "1.5 is not possible here",
      "30-10": "the range 30-10 runs backwards",
      "1-2-3": "1-2-3 is not a range",
      "0/0": "the step of 0/0 is not a number from 1",
      "0/": "the step of 0/ is not a number from 1",
      "0/60": "the step of 0/60 is larger than 59",
      "0/5/5": "0/5/5 has two steps",
      "/5": "/5 is not possible here",
      "1,,2": "an empty part is not possible here",
      L: "L is not possible here",
    },
    hours: { "24": "24 is not possible here", "0-24": "0-24 is not possible here" },
    "day-of-month": {
      "0": "0 is not possible here",
      "32": "32 is not possible here",
      "32W": "32W is not possible here",
      "0W": "0W is not possible here",
      W: "W is not possible here",
      "L-3": "L-3 is not possible here",
      "1,L": "L is not possible here",
      "1W,15W": "1W is not possible here",
      "1-5W": "1-5W is not possible here",
      MON: "MON is not possible here",
    },
    month: { "0": "0 is not possible here", "13": "13 is not possible here", JANUARY: "JANUARY is not possible here" },
    "day-of-week": {
      "0": "0 is not possible here",
      "8": "8 is not possible here",
      "FRI-MON": "the range FRI-MON runs backwards",
      "2#0": "2#0 is not possible here",
      "2#6": "2#6 is not possible here",
      "8#1": "8#1 is not possible here",
      "3#1,6#3": "3#1 is not possible here",
      "2/2": "2/2: a step is not possible here",
      "8L": "8L is not possible here",
      "2W": "2W is not possible here",
    },
    year: {
      "1969": "1969 is not possible here",
      "2200": "2200 is not possible here",
      "26": "26 is not possible here",
      "2030-2026": "the range 2030-2026 runs backwards",
    },
  };
  for (const [name, texts] of Object.entries(refused)) {
    for (const [text, reason] of Object.entries(texts)) {
      it(`refuses ${text} as ${name}`, () => {
        const reasons = cronFieldReasons(withField(name, text)).map((one) => one.reason);
        expect(reasons).to.deep.equal([`${name}: ${reason}`]);
      });
    }
  }

  it("names every field that is wrong, and the missing question mark", () => {
    const reasons = cronFieldReasons(["60", "24", "32", "13", "8", "1900"]).map(({ reason }) => reason.split(":")[0]);
    expect(reasons).to.deep.equal([...FIELDS, "neither of day-of-month and day-of-week is ?"]);
  });
});

describe("minutesOfDay", () => {
  const cases: readonly (readonly [minutes: string, hours: string, times: readonly string[]])[] = [
    ["0", "6", ["6:00"]],
    ["30,0", "22,7", ["7:00", "7:30", "22:00", "22:30"]],
    ["5-7", "1", ["1:05", "1:06", "1:07"]],
    ["50/4", "0", ["0:50", "0:54", "0:58"]],
    ["*/30", "9-11/2", ["9:00", "9:30", "11:00", "11:30"]],
    ["0,0/30", "23/5", ["23:00", "23:30"]],
    ["05", "08", ["8:05"]],
  ];
  for (const [minutes, hours, times] of cases) {
    it(`of ${minutes} ${hours}`, () => {
      const found = minutesOfDay(minutes, hours).map(
        (minute) => `${Math.floor(minute / 60)}:${`${minute % 60}`.padStart(2, "0")}`,
      );
      expect(found).to.deep.equal(times);
    });
  }

  it("of every minute", () => {
    expect(minutesOfDay("*", "*")).to.deep.equal(Array.from({ length: 1440 }, (_, minute) => minute));
  });
});
