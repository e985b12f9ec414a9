import { expect } from "chai";
import fc from "fast-check";
import { byUtf8 } from "../../engine/target/utf8-order";
import { SimulatedObjects } from "../../simulation/object-store";
import { errorNameOf } from "../support/errors";

const NOON = new Date("2026-03-05T12:00:00.900Z");

function objects(...keys: string[]): SimulatedObjects {
  const made = new SimulatedObjects(() => NOON);
  for (const key of keys) {
    made.put("b", key, { size: 1 });
  }
  return made;
}

async function listed(
  store: SimulatedObjects,
  ...[prefix, options]: [string, { startAfter?: string; flat?: boolean }?]
) {
  const keys: string[] = [];
  for await (const { key } of store.list("b", prefix, options)) {
    keys.push(key);
  }
  return keys;
}

/** Letters of one to four bytes, around the end of the letters that UTF-16 writes as one unit. */
const names = (minLength: number) =>
  fc.string({
    minLength,
    unit: fc.constantFrom("a", "b", "/", "é", "日", "\ud7ff", "\ue000", "\uffff", "😀", "\u{10ffff}"),
    maxLength: 4,
  });

describe("the simulated S3", () => {
  it("orders keys as S3 does, by their UTF-8 bytes", () => {
    fc.assert(
      fc.property(names(0), names(0), (a, b) => {
        expect(Math.sign(byUtf8(a, b))).to.equal(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { seed: 20261124 },
    );
  });

  it("lists what has the prefix and comes after a key, flat or not", async () => {
    const property = fc.asyncProperty(
      fc.uniqueArray(names(1), { maxLength: 12 }),
      names(0),
      fc.option(names(1), { nil: undefined }),
      fc.boolean(),
      async (keys, prefix, startAfter, flat) => {
        const expected = [...keys]
          .filter(
            (key) => key.startsWith(prefix) && byUtf8(key, startAfter ?? "") >= (startAfter === undefined ? 0 : 1),
          )
          .filter((key) => !flat || !key.slice(prefix.length).includes("/"))
          .sort(byUtf8);
        const options = startAfter === undefined ? { flat } : { startAfter, flat };
        expect(await listed(objects(...keys), prefix, options)).to.deep.equal(expected);
      },
    );
    await fc.assert(property, { numRuns: 300, seed: 20261124 });
  });

  it("lists more than a page", async () => {
    const keys = Array.from({ length: 2500 }, (_, index) => `d/${String(index).padStart(4, "0")}`);
    const store = objects(...keys);
    expect(await listed(store, "d/", { flat: true })).to.deep.equal(keys);
    expect(await listed(store, "d/", { flat: true, startAfter: "d/0999" })).to.deep.equal(keys.slice(1000));
    expect(store.page("b", "d/", "", true))
      .to.deep.include({ isLast: false })
      .and.have.property("objects")
      .with.length(1000);
  });

  it("tells the time of an object in whole seconds", () => {
    expect(objects("k").peek("b", "k")?.lastModified).to.deep.equal(new Date("2026-03-05T12:00:00Z"));
  });

  it("writes and removes only where the condition holds", async () => {
    const store = objects();
    const first = await store.write("b", "k", "1", { ifAbsent: true });
    expect(await errorNameOf(store.write("b", "k", "2", { ifAbsent: true }))).to.equal("ConditionFailed");
    const second = await store.write("b", "k", "2", { ifMatch: first });
    expect(await errorNameOf(store.write("b", "k", "3", { ifMatch: first }))).to.equal("ConditionFailed");
    expect(await errorNameOf(store.remove("b", "k", first))).to.equal("ConditionFailed");
    expect(store.text("b", "k")).to.equal("2");
    await store.remove("b", "k", second);
    expect(await store.head("b", "k")).to.equal(undefined);
    expect(await errorNameOf(store.write("b", "k", "3", { ifMatch: second }))).to.equal("ConditionFailed");
  });
});
