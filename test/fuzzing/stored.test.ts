import { expect } from "chai";
import fc from "fast-check";
import type { FolderLedger, LedgerEntry } from "../../engine/ledger/ledger";
import { formatLedger, parseLedger } from "../../engine/ledger/ledger-file";
import { parseRunContext } from "../../engine/run-context";
import { newRoot } from "../../engine/work/root";
import { takeOverRun } from "../../engine/work/take-over";
import { Work } from "../../engine/work/work";
import { FakeObjects } from "../engine/support/fake-objects";
import { runInput } from "../engine/support/run-input";
import { expectReadable, fuzz, fuzzAsync } from "./support/fuzz";
import { anyName, mutatedJsonText, token } from "./support/hostile";

const at = fc.constantFrom("2026-01-01T00:00:00Z", "Thu, 01 Jan 2026 00:00:00 GMT");

const entry: fc.Arbitrary<LedgerEntry> = fc.record({
  size: fc.option(fc.nat(), { nil: undefined }),
  modified: fc.option(at, { nil: undefined }),
});

const bytes = fc.oneof(
  fc.constant({}),
  fc.nat().map((count) => ({ bytes: count })),
);

const byName = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(fc.oneof(anyName, token), value), { maxLength: 4 }).map((entries) => new Map(entries));

const joined = <A extends object, B extends object>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) =>
  fc.tuple(a, b).map(([one, other]) => ({ ...one, ...other }));

const ledgers: fc.Arbitrary<FolderLedger> = fc.record({
  files: byName(joined(entry, bytes)),
  firstSeen: byName(joined(entry, fc.record({ at }))),
  marks: byName(
    joined(
      entry,
      fc.record(
        {
          at,
          doubt: joined(
            joined(entry, bytes),
            fc.record({ outcome: fc.constantFrom("vanished" as const, "changed" as const), run: token }),
          ),
          failure: joined(entry, fc.record({ told: token }, { requiredKeys: [] })),
        },
        { requiredKeys: [] },
      ),
    ),
  ),
  gone: byName(joined(joined(entry, bytes), fc.record({ at }))),
  folders: byName(fc.constantFrom("present" as const, "removed" as const)),
  notFound: fc.option(token, { nil: undefined }),
  listedAt: fc.option(at, { nil: undefined }),
  isFormer: fc.constant(false),
});

const KEY = "ledger/server/0123/4567.json";

const firstVersion = fc.record({
  version: fc.constantFrom(1, 2, 3),
  folder: fc.constant("/data"),
  files: fc.array(fc.tuple(token, fc.nat(), at), { maxLength: 3 }),
  firstSeen: fc.array(fc.tuple(token, at), { maxLength: 2 }),
  unconfirmed: fc.array(fc.tuple(token, fc.nat(), at, token), { maxLength: 2 }),
});

describe("hostile ledgers", () => {
  it("say after a write what they said before", () => {
    fuzz(fc.tuple(anyName, ledgers), 150, ([folder, ledger]) => {
      expect(parseLedger(formatLedger(folder, ledger), KEY)).to.deep.equal(ledger);
    });
  });

  it("are read, or refused by the name of what is wrong, in either version", () => {
    const texts = mutatedJsonText(
      fc.oneof(
        fc.tuple(anyName, ledgers).map(([folder, ledger]) => JSON.parse(formatLedger(folder, ledger))),
        firstVersion,
      ),
    );
    let read = 0;
    fuzz(texts, 200, (text) => {
      try {
        const ledger = parseLedger(text, KEY);
        read += 1;
        expect(parseLedger(formatLedger("/data", ledger), KEY)).to.deep.equal(ledger);
      } catch (error) {
        expect(error).to.be.instanceOf(Error);
        const { name, message } = error as Error;
        expect(["UnreadableLedger", "LedgerTooNew"]).to.include(name);
        expect(message).to.include(KEY);
        expectReadable(message);
      }
    });
    expect(read).to.be.greaterThan(0);
  });
});

const context = parseRunContext(runInput());
const NOW = new Date("2026-01-01T00:00:00Z");

const roots = fc
  .record({
    folder: anyName,
    error: fc.record({ name: token, message: token }),
    warnings: fc.array(token, { maxLength: 2 }),
    skipped: fc.constantFrom({ unchanged: 3 }, { constructor: 1 }),
  })
  .map(({ folder, error, warnings, skipped }) => {
    const root = newRoot({
      folder,
      windowStart: undefined,
      startedAt: NOW,
      deadline: NOW,
      transfers: [
        { key: "k", startedAt: NOW.toISOString(), revision: 1, together: 1, pending: [0], files: 1, queued: false },
      ],
    });
    return { ...root, error, warnings, counters: { ...root.counters, skipped } };
  });

/** What a call did, or its error in words that name the object. */
async function wordsOf(call: () => Promise<unknown>, key: string): Promise<void> {
  try {
    await call();
  } catch (error) {
    expect(error).to.have.property("name", "UnreadableState");
    const { message } = error as Error;
    expect(message).to.include(key);
    expectReadable(message);
  }
}

describe("hostile work states", () => {
  it("are read, or refused by the name of the object that is wrong", async () => {
    await fuzzAsync(mutatedJsonText(roots), 150, async (text) => {
      const objects = new FakeObjects(() => NOW);
      await objects.write(context.bucket, `${context.prefix}root.json`, text);
      await wordsOf(async () => {
        const work = await Work.load(objects, context);
        expect(work?.root).to.have.property("version", 1);
      }, `${context.prefix}root.json`);
    });
  });

  it("keep no run from taking over from another", async () => {
    await fuzzAsync(mutatedJsonText(roots), 100, async (text) => {
      const objects = new FakeObjects(() => NOW);
      await objects.write(context.bucket, "runs/a/b/c/root.json", text);
      expect(await takeOverRun(objects, context, "runs/a/b/c/")).to.be.an("array");
    });
  });

  const intents = fc.record({
    destination: fc.record({ bucket: token, prefix: token }),
    batches: fc.array(
      fc.record({
        folder: anyName,
        attempt: fc.nat(),
        files: fc.array(fc.record({ name: anyName, size: fc.nat() }), { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });
  const started = fc.array(
    fc.oneof(
      fc.record({ status: fc.constant("started"), id: token }),
      fc.record({ status: fc.constant("refused") }),
      fc.record({ status: fc.constant("rejected"), name: token, message: token }),
    ),
  );
  const listings = fc.array(fc.record({ folder: anyName, depth: fc.nat(), attempt: fc.nat(), file: token }));

  it("have calls and listings that are read, or refused by their object", async () => {
    const texts = fc.tuple(mutatedJsonText(intents), mutatedJsonText(started), mutatedJsonText(listings));
    await fuzzAsync(texts, 100, async ([intent, answers, wave]) => {
      const objects = new FakeObjects(() => NOW);
      const root = newRoot({ folder: "/", windowStart: undefined, startedAt: NOW, deadline: NOW, transfers: [] });
      const work = Work.begin(objects, context, root);
      await objects.write(context.bucket, "intent", intent);
      await objects.write(context.bucket, "intent.started", answers);
      await objects.write(context.bucket, `${context.prefix}waves/1.json`, wave);
      await wordsOf(() => work.readIntent("intent"), "intent");
      await wordsOf(() => work.readStarted("intent"), "intent.started");
      await wordsOf(() => work.readWave("1"), "waves/1.json");
    });
  });
});
