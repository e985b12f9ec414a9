import { expect } from "chai";
import { injectFaults } from "../../local/faults/faults";
import { faultsSchema } from "../../local/faults/faults-schema";
import { EMBEDDED, type RemoteServer } from "../end-to-end/remote-servers";
import { syncOf, World } from "../end-to-end/world";

describe("two starts of one sync", () => {
  let remote: RemoteServer | undefined;
  let world: World | undefined;

  afterEach(async () => {
    await world?.close();
    await remote?.close();
  });

  it("one works, the other ends as SKIPPED, names the first, and changes nothing", async () => {
    remote = await EMBEDDED.start();
    world = await World.create(remote);
    await world.put("in/slow/a.csv", "alpha");
    let works = () => {};
    const atWork = new Promise<void>((resolve) => {
      works = resolve;
    });
    const messages: string[] = [];
    const definition = await world.definition();
    const sync = syncOf(definition, "in");
    const installation = await world.install(definition, {
      interception: injectFaults(faultsSchema.parse({ DelayListing: [{ Folder: "/in/slow", Seconds: 4 }] })),
      observer: {
        notified: ({ message }) => messages.push(message),
        entered: (state) => state === "GetListStatus" && works(),
      },
    });
    try {
      const first = installation.run(sync, { run: "first" });
      await atWork;
      const [second, byHand] = await Promise.all([
        installation.run(sync, { run: "second" }),
        installation.run(sync, { run: "by-hand", fromTimestamp: 0 }),
      ]);
      expect(second).to.deep.include({ status: "SKIPPED", failures: [] });
      expect(second.files).to.include({ seen: 0, transferred: 0 });
      expect(second.warnings.join()).to.match(/:first is at work/);
      expect(byHand).to.include({ status: "SKIPPED" });
      expect(messages, "of the start by hand alone").to.have.lengthOf(1);
      expect(messages[0])
        .to.match(/:first is at work, since 20\S+Z\n/)
        .and.to.match(/Execution: \S+:by-hand$/);
      expect((await first).files).to.include({ seen: 1, transferred: 1 });
      expect((await installation.run(sync, { run: "third" })).files.skipped).to.deep.equal({ unchanged: 1 });
    } finally {
      await installation.close();
    }
  });
});
