import { expect } from "chai";
import { START } from "../support/fake-services";
import { Simulation } from "../support/simulation";

const FUTURE = new Date(START.getTime() + 400 * 86_400_000).toISOString();

/** Times that no file can have been written at; OpenSSH shows those before 1970 as of 2106. */
const ABSURD: readonly [string, string][] = [
  ["in the future", FUTURE],
  ["of 2106", "2106-02-07T06:28:15Z"],
  ["before 1970", "1969-12-31T23:59:55Z"],
  ["of the first second of 1970", "1970-01-01T00:00:00Z"],
];

function world(modified: string): Simulation {
  const simulation = new Simulation();
  simulation.remote.put("/data/a", { size: 10, modified });
  return simulation;
}

describe("a file with a time that cannot be right", () => {
  for (const [what, modified] of ABSURD) {
    it(`${what} is copied once by schedules that go by the times`, async () => {
      const simulation = world(modified);
      const transferred = [];
      for (const hour of [10, 11, 12]) {
        const scheduledTime = `2026-03-05T${hour}:00:00Z`;
        const { report } = await simulation.run({ changeDetection: "modified-time", scheduledTime });
        transferred.push(report.files.transferred);
      }
      expect(transferred).to.deep.equal([1, 0, 0]);
    });

    it(`${what} is copied once on demand, with a ledger and without`, async () => {
      for (const changeDetection of ["ledger", "modified-time"] as const) {
        const simulation = world(modified);
        const runs = [];
        for (const fromTimestamp of [0, 0, 1]) {
          runs.push((await simulation.run({ changeDetection, fromTimestamp })).report.files.transferred);
        }
        expect(runs, changeDetection).to.deep.equal([1, 0, 0]);
      }
    });

    it(`${what} settles from when it was first seen`, async () => {
      const simulation = world(modified);
      const settling = { minimumAgeSeconds: 600 };
      expect((await simulation.run(settling)).report.files.skipped).to.deep.equal({ settling: 1 });
      simulation.services.clock.advance(300);
      expect((await simulation.run(settling)).report.files.skipped).to.deep.equal({ settling: 1 });
      simulation.services.clock.advance(400);
      expect((await simulation.run(settling)).report.files).to.deep.include({ transferred: 1 });
    });
  }

  it("is copied where another object of its size lies in S3 and a ledger can remember that", async () => {
    const simulation = world(FUTURE);
    simulation.objects.put("target-bucket", "in/acme/data/a", { size: 10 });
    expect((await simulation.run()).report.files).to.deep.include({ transferred: 1 });
    expect((await simulation.run()).report.files.skipped).to.deep.equal({ unchanged: 1 });
  });

  it("waits, where nobody remembers when it was seen first, for a clock that is ahead by less than a day", async () => {
    const ahead = world(new Date(START.getTime() + 7_200_000).toISOString());
    const options = { changeDetection: "modified-time", minimumAgeSeconds: 600 } as const;
    expect((await ahead.run(options)).report.files.skipped).to.deep.equal({ settling: 1 });
    expect((await world(FUTURE).run(options)).report.files).to.deep.include({ transferred: 1 });
  });
});
