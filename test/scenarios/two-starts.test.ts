import { expect } from "chai";
import { injectFaults } from "../../local/faults/faults";
import { faultsSchema } from "../../local/faults/faults-schema";
import { Account } from "../end-to-end/account";
import { EMBEDDED, type RemoteServer } from "../end-to-end/remote-servers";
import { World } from "../end-to-end/world";

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
    const account = await Account.open(world, {
      definition: await world.definition(),
      interception: injectFaults(faultsSchema.parse({ DelayListing: [{ Folder: "/in/slow", Seconds: 4 }] })),
      onMessage: ({ message }) => messages.push(message),
      onState: (state) => state === "GetListStatus" && works(),
    });
    try {
      const first = account.start("first", "in");
      await atWork;
      const [second, byHand] = await Promise.all([
        account.start("second", "in"),
        account.start("by-hand", "in", { fromTimestamp: 0 }),
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
      expect((await account.start("third", "in")).files.skipped).to.deep.equal({ unchanged: 1 });
    } finally {
      await account.close();
    }
  });
});
