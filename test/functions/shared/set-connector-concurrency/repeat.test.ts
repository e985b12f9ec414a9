import { expect } from "chai";
import { NotYet } from "../../../../functions/shared/set-connector-concurrency/errors";
import { repeat } from "../../../../functions/shared/set-connector-concurrency/repeat";
import { FakeClock, START } from "../../../engine/support/fake-services";
import { errorOf } from "../../../support/errors";

const SECONDS = 150;

/** Repeats until `attempt`, told its number, no longer throws; `random` is the same each time. */
function repeating(attempt: (number: number) => void, random = 0.5) {
  const clock = new FakeClock(() => random);
  const seconds: number[] = [];
  const until = new Date(START.getTime() + SECONDS * 1000);
  const ended = repeat(
    async () => {
      seconds.push((clock.now().getTime() - START.getTime()) / 1000);
      attempt(seconds.length);
    },
    { clock, until },
  );
  /** When the attempts were made, in seconds from the first. */
  return { seconds, ended };
}

function failing(times: number, error: Error) {
  return (number: number) => {
    if (number <= times) {
      throw error;
    }
  };
}

describe("repeat", () => {
  it("does once what works", async () => {
    const { seconds, ended } = repeating(failing(0, new NotYet("")));
    await ended;
    expect(seconds).to.deep.equal([0]);
  });

  it("tries again after pauses that double up to 15 seconds", async () => {
    const { seconds, ended } = repeating(failing(7, new NotYet("")), 1);
    await ended;
    expect(seconds).to.deep.equal([0, 1, 3, 7, 15, 30, 45, 60]);
  });

  it("spreads every pause over its whole length", async () => {
    const { seconds, ended } = repeating(failing(3, new NotYet("")), 0.25);
    await ended;
    expect(seconds).to.deep.equal([0, 0.25, 0.75, 1.75]);
  });

  it("waits at least as long as the service asks", async () => {
    const { seconds, ended } = repeating(failing(1, new NotYet("", { retryAfterSeconds: 7 })), 0);
    await ended;
    expect(seconds).to.deep.equal([0, 7]);
  });

  for (const random of [0.1, 0.5, 1]) {
    it(`gives up with the last failure when the time is over, and begins nothing after it (${random})`, async () => {
      const { seconds, ended } = repeating(
        (number) => failing(number, new NotYet(`attempt ${number}`))(number),
        random,
      );
      const error = await errorOf(ended);
      expect(error).to.be.instanceOf(NotYet);
      expect(error.message).to.equal(`attempt ${seconds.length}`);
      expect(seconds.at(-1)).to.be.within(SECONDS - 15, SECONDS);
    });
  }

  it("does not try again after any other failure", async () => {
    const { seconds, ended } = repeating(failing(1, new Error("no such connector")));
    expect(await errorOf(ended)).to.have.property("message", "no such connector");
    expect(seconds).to.deep.equal([0]);
  });
});
