import { expect } from "chai";
import { logger } from "../../../engine/logger";
import { runSlice, type Slice, type SliceResult } from "../../../engine/slice";
import { FakeServices } from "../../engine/support/fake-services";
import { engineEnv, executionArn, runInput } from "../../engine/support/run-input";
import { errorOf } from "../../support/errors";

logger.setLogLevel("SILENT");

const RESULT: SliceResult = { Status: "RUNNING", WaitSeconds: 7 };

/** Seconds that a slice gets. */
async function budget(sliceSeconds: number, remainingSeconds: number): Promise<number> {
  const services = new FakeServices();
  const env = engineEnv({ timeouts: { slice: sliceSeconds } });
  const slices: Slice[] = [];
  const work = async (slice: Slice) => {
    slices.push(slice);
    return RESULT;
  };
  await runSlice({ env, services }, work, runInput(), remainingSeconds * 1000);
  expect(slices).to.have.length(1);
  return ((slices[0]?.until.getTime() ?? Number.NaN) - services.clock.now().getTime()) / 1000;
}

describe("runSlice", () => {
  const cases: readonly (readonly [string, number, number, number])[] = [
    ["the setting where the Lambda has time to spare", 240, 300, 240],
    ["the setting where the Lambda's time is just enough", 240, 260, 240],
    ["what the Lambda has left, without 20 seconds to write things down", 240, 259, 239],
    ["what a small Lambda has left", 240, 60, 40],
    ["a second where the Lambda has hardly more than those 20", 240, 20.5, 1],
    ["a second where the Lambda has less than those 20", 240, 3, 1],
    ["a short setting, whatever the Lambda has left", 1, 900, 1],
  ];
  for (const [title, sliceSeconds, remainingSeconds, expected] of cases) {
    it(`gives a slice ${title}`, async () => {
      expect(await budget(sliceSeconds, remainingSeconds)).to.equal(expected);
    });
  }

  it("hands the run, the settings and the services to the slice, and its result back", async () => {
    const services = new FakeServices();
    const env = engineEnv();
    const result = await runSlice(
      { env, services },
      async (slice) => {
        expect(slice.env).to.equal(env);
        expect(slice.services).to.equal(services);
        expect(slice.context).to.include({ run: "run-1", executionArn: executionArn("run-1") });
        return RESULT;
      },
      runInput(),
      300_000,
    );
    expect(result).to.deep.equal(RESULT);
  });

  it("fails as the slice does", async () => {
    const failure = new Error("no such bucket");
    const work = async () => {
      throw failure;
    };
    const engine = { env: engineEnv(), services: new FakeServices() };
    expect(await errorOf(runSlice(engine, work, runInput(), 300_000))).to.equal(failure);
  });
});
