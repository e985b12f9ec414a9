import { expect } from "chai";
import { SliceSuperseded } from "../../../engine/errors";
import { countLiveRuns, passLock, readLock, releaseLock, takeLock } from "../../../engine/lock/lock";
import type { RunContext } from "../../../engine/run-context";
import type { Root } from "../../../engine/work/root";
import { Work } from "../../../engine/work/work";
import { FakeServices, START } from "../support/fake-services";
import { engineEnv, executionArn, REPORTS, runContext } from "../support/run-input";
import { testRoot } from "../support/test-root";

function started(services: FakeServices, run: string, syncName = "data"): RunContext {
  const context = runContext({ run, syncName });
  services.executions.running.add(context.executionArn);
  return context;
}

function root(inFlight: boolean): Root {
  const transfers = inFlight
    ? [{ key: "k", startedAt: START.toISOString(), revision: 0, together: 1, pending: [0], files: 1, queued: false }]
    : [];
  return testRoot({ transfers });
}

/** A run that takes the lock and dies; before or after its first commit. */
async function holdAndDie(services: FakeServices, run: string, { withWorkState }: { withWorkState: boolean }) {
  const context = started(services, run);
  await takeLock(services, context);
  if (withWorkState) {
    await Work.begin(services.objects, context, root(true)).commit();
  }
  services.executions.running.clear();
}

describe("takeLock", () => {
  it("takes a free lock", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    expect(await takeLock(services, one)).to.deep.equal({ status: "taken", predecessor: undefined });
    expect((await readLock(services.objects, one))?.executionArn).to.equal(executionArn("one"));
  });

  it("is re-entrant for its own run, without a write", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    const writes = services.objects.writes;
    expect(await takeLock(services, one)).to.deep.equal({ status: "taken", predecessor: undefined });
    expect(services.objects.writes).to.equal(writes);
  });

  it("leaves the lock of a run that is at work, and names it", async () => {
    const services = new FakeServices();
    await takeLock(services, started(services, "one"));
    expect(await takeLock(services, started(services, "two"))).to.deep.equal({
      status: "held",
      by: executionArn("one"),
    });
  });

  it("leaves the lock of a run that hands over just while it is asked about", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    await passLock(services.objects, one, executionArn("one-2"));
    const { running } = services.executions;
    services.executions.isRunning = async (arn) => {
      const answer = running.has(arn);
      running.delete(one.executionArn);
      running.add(executionArn("one-2"));
      return answer;
    };
    expect(await takeLock(services, started(services, "two"))).to.have.property("status", "held");
  });

  it("takes over from a holder that is gone, and names it while it is this run's", async () => {
    const services = new FakeServices();
    await holdAndDie(services, "one", { withWorkState: true });
    const two = started(services, "two");
    const expected = { status: "taken", predecessor: "one" };
    expect(await takeLock(services, two)).to.deep.equal(expected);
    expect(await takeLock(services, two)).to.deep.equal(expected);
  });

  it("remembers the last holder that had a work state, however many die after it", async () => {
    const services = new FakeServices();
    await holdAndDie(services, "one", { withWorkState: true });
    for (let index = 0; index < 20; index += 1) {
      await holdAndDie(services, `stillborn-${index}`, { withWorkState: false });
    }
    expect(await takeLock(services, started(services, "last"))).to.deep.equal({ status: "taken", predecessor: "one" });
  });

  it("keeps a holder that died before its first commit from ever making it", async () => {
    const services = new FakeServices();
    const late = started(services, "late");
    await takeLock(services, late);
    services.executions.running.clear();
    await takeLock(services, started(services, "next"));
    const failed = await Work.begin(services.objects, late, root(false))
      .commit()
      .catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(SliceSuperseded);
    expect((await Work.load(services.objects, late))?.root.takenOverBy).to.equal("next");
  });

  it("finds the transfers of a holder that made its first commit while it was taken over", async () => {
    const services = new FakeServices();
    const late = started(services, "late");
    await takeLock(services, late);
    services.executions.running.clear();
    services.objects.beforeWrite = (bucket, key) => {
      services.objects.put(bucket, key, { text: JSON.stringify({ ...root(true), revision: 1 }) });
      services.objects.beforeWrite = undefined;
    };
    expect(await takeLock(services, started(services, "next"))).to.deep.equal({ status: "taken", predecessor: "late" });
  });

  it("takes a released lock even while its holder's execution is still ending", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    await Work.begin(services.objects, one, root(true)).commit();
    await releaseLock(services.objects, one, root(true));
    expect(await takeLock(services, started(services, "two"))).to.deep.equal({ status: "taken", predecessor: "one" });
  });

  it("goes to one of two runs that start at the same moment", async () => {
    const services = new FakeServices();
    const contexts = ["one", "two"].map((run) => started(services, run));
    const results = await Promise.all(contexts.map((context) => takeLock(services, context)));
    expect(results.map(({ status }) => status).sort()).to.deep.equal(["held", "taken"]);
  });

  it("goes to one of two runs that take over at the same moment", async () => {
    const services = new FakeServices();
    await takeLock(services, started(services, "dead"));
    services.executions.running.clear();
    const contexts = ["one", "two"].map((run) => started(services, run));
    const results = await Promise.all(contexts.map((context) => takeLock(services, context)));
    expect(results.map(({ status }) => status).sort()).to.deep.equal(["held", "taken"]);
  });

  it("knows its own write again when the answer to it was lost", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    services.objects.beforeWrite = (bucket, key) => {
      const text = { run: "one", executionArn: one.executionArn, released: false };
      services.objects.put(bucket, key, { text: JSON.stringify(text) });
      services.objects.beforeWrite = undefined;
    };
    expect(await takeLock(services, one)).to.deep.equal({ status: "taken", predecessor: undefined });
  });
});

describe("passLock", () => {
  it("leaves the lock with the execution that passes it until the next one is at work", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    await passLock(services.objects, one, executionArn("one-2"));
    const held = { status: "held", by: executionArn("one-2") };
    expect(await takeLock(services, started(services, "rival"))).to.deep.equal(held);
    services.executions.running.delete(one.executionArn);
    services.executions.running.add(executionArn("one-2"));
    expect(await takeLock(services, started(services, "rival"))).to.deep.equal(held);
    services.executions.running.delete(executionArn("one-2"));
    expect(await takeLock(services, started(services, "rival"))).to.include({ status: "taken" });
  });

  it("may be repeated once a repetition of the same hand-over got ahead", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    const passed = { run: "one", executionArn: executionArn("one-2"), released: false };
    services.objects.beforeWrite = (bucket, key) => {
      services.objects.put(bucket, key, { text: JSON.stringify(passed) });
      services.objects.beforeWrite = undefined;
    };
    const error = await passLock(services.objects, one, passed.executionArn).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(SliceSuperseded);
    await passLock(services.objects, one, passed.executionArn);
  });
});

describe("releaseLock", () => {
  it("removes the lock where nothing is in flight", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    await releaseLock(services.objects, one, root(false));
    expect(await readLock(services.objects, one)).to.equal(undefined);
    await releaseLock(services.objects, one, root(false));
  });

  it("keeps it, as released, where transfers are in flight", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    await releaseLock(services.objects, one, root(true));
    await releaseLock(services.objects, one, root(true));
    expect(await readLock(services.objects, one)).to.include({ run: "one", released: true });
  });

  it("keeps it where the run took over and failed before it had a work state", async () => {
    const services = new FakeServices();
    await holdAndDie(services, "dead", { withWorkState: true });
    const one = started(services, "one");
    await takeLock(services, one);
    await releaseLock(services.objects, one, undefined);
    expect(await readLock(services.objects, one)).to.deep.include({ released: true, predecessor: "dead" });
  });

  it("leaves the lock to the execution in which the run goes on", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    await passLock(services.objects, one, executionArn("one-2"));
    await releaseLock(services.objects, one, root(false));
    expect(await readLock(services.objects, one)).to.include({ run: "one", executionArn: executionArn("one-2") });
  });

  it("never gives back another run's lock", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    await releaseLock(services.objects, started(services, "two"), root(false));
    expect(await readLock(services.objects, one)).to.include({ run: "one", released: false });
  });

  it("leaves the lock of a run that took over between look and removal", async () => {
    const services = new FakeServices();
    const one = started(services, "one");
    await takeLock(services, one);
    const taken = { run: "two", executionArn: executionArn("two"), released: false, predecessor: "one" };
    services.objects.beforeWrite = (bucket, key) => {
      services.objects.put(bucket, key, { text: JSON.stringify(taken) });
    };
    await releaseLock(services.objects, one, root(false));
    expect(await readLock(services.objects, one)).to.include({ run: "two" });
  });
});

describe("countLiveRuns", () => {
  const ENV = engineEnv({});

  it("counts the locks of one server, and at least its own run", async () => {
    const services = new FakeServices();
    expect(await countLiveRuns(services, runContext(), ENV)).to.equal(1);
    await takeLock(services, started(services, "one", "data"));
    await takeLock(services, started(services, "two", "other"));
    services.objects.put(REPORTS, "locks/acme-2/foreign", { text: "{}" });
    expect(await countLiveRuns(services, runContext(), ENV)).to.equal(2);
  });

  it("does not count a lock that is older than an execution may be: nobody is there to give it back", async () => {
    const services = new FakeServices();
    await takeLock(services, started(services, "dead", "of-a-sync-that-was-removed"));
    services.clock.advance(ENV.timeouts.execution);
    await takeLock(services, started(services, "one", "data"));
    expect(await countLiveRuns(services, runContext(), ENV)).to.equal(2);
    services.clock.advance(1);
    expect(await countLiveRuns(services, runContext(), ENV)).to.equal(1);
  });
});
