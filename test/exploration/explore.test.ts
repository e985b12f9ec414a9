import { expect } from "chai";
import { type Choose, explore, replay } from "./explore";

/** Two clerks, of which each reads a number and writes it down plus one. @returns the number. */
async function count(choose: Choose): Promise<number> {
  let stored = 0;
  const read: (number | undefined)[] = [undefined, undefined];
  const written = [false, false];
  const state = () => JSON.stringify([stored, read, written]);
  for (let waiting = [0, 1]; waiting.length > 0; waiting = [0, 1].filter((clerk) => !written[clerk])) {
    const clerk = waiting[choose(waiting.length, state)] ?? 0;
    const known = read[clerk];
    if (known === undefined) {
      read[clerk] = stored;
    } else {
      stored = known + 1;
      written[clerk] = true;
    }
  }
  return stored;
}

async function countTwice(choose: Choose): Promise<void> {
  const counted = await count(choose);
  if (counted !== 2) {
    throw new Error(`counted ${counted}`);
  }
}

describe("an exploration", () => {
  it("comes through every state once", async () => {
    const counted = new Set<number>();
    const { plays, states } = await explore(async (choose) => {
      counted.add(await count(choose));
    });
    // Each has done nothing, has read, or has written; what was read depends on the order.
    expect(states).to.equal(10);
    expect(plays).to.equal(5);
    expect([...counted]).to.have.members([1, 2]);
  });

  it("names the way to fail with the fewest deviations, which plays the same again", async () => {
    const { failures } = await explore(countTwice);
    expect([...failures.keys()]).to.deep.equal(["counted 1"]);
    const path = failures.get("counted 1") ?? [];
    expect(path).to.have.lengthOf(1);
    expect(await replay(countTwice, path).catch(String)).to.equal("Error: counted 1");
    expect(await replay(countTwice, []).catch(String)).to.equal(undefined);
  });
});
