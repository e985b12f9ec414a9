import { expect } from "chai";
import { SliceSuperseded } from "../../../engine/errors";
import { Work } from "../../../engine/work/work";
import { errorOf } from "../../support/errors";
import { FakeServices, START } from "../support/fake-services";
import { REPORTS, runContext } from "../support/run-input";
import { testRoot } from "../support/test-root";

const CONTEXT = runContext();
const ROOT_KEY = `${CONTEXT.prefix}root.json`;

async function begun(services = new FakeServices()) {
  const root = testRoot();
  const work = Work.begin(services.objects, CONTEXT, root);
  work.frontier.append([{ folder: "/data", depth: 0, attempt: 0 }]);
  await work.commit();
  return { services, work };
}

async function load(services: FakeServices): Promise<Work> {
  const work = await Work.load(services.objects, CONTEXT);
  if (work === undefined) {
    throw new Error("no work state");
  }
  return work;
}

describe("Work", () => {
  it("is absent before a run has begun", async () => {
    expect(await Work.load(new FakeServices().objects, CONTEXT)).to.equal(undefined);
  });

  it("passes counters, queues and cursors on to the next invocation", async () => {
    const { services, work } = await begun();
    work.root.counters.seen = 7;
    work.batches.append([{ folder: "/data", attempt: 0, doubts: 0, files: [{ name: "a", size: 1 }] }]);
    await work.frontier.shift();
    await work.commit();
    const next = await load(services);
    expect(next.root.counters.seen).to.equal(7);
    expect(next.frontier.length).to.equal(0);
    expect(await next.batches.peek()).to.deep.equal({
      folder: "/data",
      attempt: 0,
      doubts: 0,
      files: [{ name: "a", size: 1 }],
    });
  });

  it("lets one of two invocations commit: the other one is superseded", async () => {
    const { services } = await begun();
    const [one, other] = [await load(services), await load(services)];
    one.root.counters.seen = 1;
    other.root.counters.seen = 2;
    await one.commit();
    expect(await errorOf(other.commit())).to.be.instanceOf(SliceSuperseded);
    expect((await load(services)).root.counters.seen).to.equal(1);
  });

  it("lets a run begin once", async () => {
    const { services } = await begun();
    expect(await errorOf(begun(services))).to.be.instanceOf(SliceSuperseded);
  });

  it("never lets a superseded invocation spoil the chunks of the other", async () => {
    const { services } = await begun();
    const [one, other] = [await load(services), await load(services)];
    one.frontier.append([{ folder: "/one", depth: 1, attempt: 0 }]);
    other.frontier.append([{ folder: "/other", depth: 1, attempt: 0 }]);
    await one.commit();
    await errorOf(other.commit());
    const next = await load(services);
    await next.frontier.shift();
    expect(await next.frontier.shift()).to.deep.equal({ folder: "/one", depth: 1, attempt: 0 });
    expect(await next.frontier.shift()).to.equal(undefined);
  });

  it("knows its own write again when the answer to it was lost", async () => {
    const { services, work } = await begun();
    let text = "";
    const { objects } = services;
    const write = objects.write.bind(objects);
    objects.write = async (bucket, key, body, condition) => {
      if (key === ROOT_KEY && text === "") {
        text = body;
        objects.put(bucket, key, { text: body });
      }
      return write(bucket, key, body, condition);
    };
    await work.commit();
    work.root.counters.seen = 3;
    await work.commit();
    expect((await load(services)).root).to.include({ revision: 3 });
  });

  it("commits several times in one invocation", async () => {
    const { services, work } = await begun();
    await work.commit();
    await work.commit();
    expect((await load(services)).root.revision).to.equal(3);
  });

  it("replaces the root only", async () => {
    const { services, work } = await begun();
    work.folders.append([{ folder: "/data", depth: 0, listing: "key", startedAt: START.toISOString() }]);
    await work.commit();
    work.folders.append([{ folder: "/data/b", depth: 1, listing: "key", startedAt: START.toISOString() }]);
    await work.commit();
    const written = services.objects.requestsTo(REPORTS).filter(({ operation }) => operation === "write");
    const chunks = written.map(({ key }) => key).filter((key) => key !== ROOT_KEY);
    expect(new Set(chunks).size).to.equal(chunks.length);
  });

  it("keeps intents, what became of their calls, and waves", async () => {
    const { services, work } = await begun();
    const batch = { folder: "/data", attempt: 1, doubts: 0, files: [{ name: "__proto__", size: 1 }] };
    const intent = { destination: { bucket: "b", prefix: "p" }, batches: [batch] };
    const key = await work.writeIntent(intent);
    await work.writeWave([{ folder: "/data", depth: 0, attempt: 0, file: "c-1.json" }], "w");
    const next = await load(services);
    expect(await next.readIntent(key)).to.deep.equal(intent);
    expect(await next.readStarted(key)).to.equal(undefined);
    await work.writeStarted(key, [{ status: "started", id: "t" }]);
    expect(await next.readStarted(key)).to.deep.equal([{ status: "started", id: "t" }]);
    expect(await next.readWave("w")).to.deep.equal([{ folder: "/data", depth: 0, attempt: 0, file: "c-1.json" }]);
  });

  it("reads what was written before it counted lost answers, and named what cannot be copied", async () => {
    const { services, work } = await begun();
    const { uncopyable: _, ...root } = work.root;
    services.objects.put(REPORTS, ROOT_KEY, { text: JSON.stringify(root) });
    const next = await load(services);
    expect(next.root.uncopyable).to.deep.equal([]);
    const intent = {
      destination: { bucket: "b", prefix: "p" },
      batches: [{ folder: "/data", attempt: 1, files: [{ name: "a" }] }],
    };
    services.objects.put(REPORTS, `${CONTEXT.prefix}transfers/1.json`, { text: JSON.stringify(intent) });
    const read = await next.readIntent(`${CONTEXT.prefix}transfers/1.json`);
    expect(read?.batches[0]?.doubts).to.equal(0);
  });

  it("says which object is gone", async () => {
    const { work } = await begun();
    const error = await errorOf(work.readWave("w"));
    expect(error).to.have.property("message").that.includes(`s3://${REPORTS}/`).and.includes("waves/w.json");
  });

  it("gives no id twice, and later ids sort later", async () => {
    const { work } = await begun();
    const ids = [work.newId(), work.newId()];
    await work.commit();
    ids.push(work.newId());
    expect(new Set(ids).size).to.equal(3);
    expect([...ids].sort()).to.deep.equal(ids);
  });
});
