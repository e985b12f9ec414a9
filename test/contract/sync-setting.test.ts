import { expect } from "chai";
import { runEventSchema } from "../../contract/run-event";
import { definition, load, sync } from "../config/support";

/** What the engine makes of an event with this sync. */
function inEvent(setting: Record<string, unknown>) {
  const event = { Name: "partner", Connector: "c-0", ReportBucket: "lists", Schedule: "on-demand" };
  return runEventSchema.parse({ ...event, SyncSettings: [{ Name: "orders", ...setting }] }).SyncSettings[0];
}

async function inDefinition(setting: Record<string, unknown>) {
  const { definitions } = await load({ "a.json": definition({ SyncSettings: [{ Name: "orders", ...setting }] }) });
  return definitions[0]?.syncs[0]?.setting;
}

const folder = (Folder: string) => sync({ RemoteFolders: { Folder, Recursive: true } });

describe("a sync's setting", () => {
  for (const [what, setting] of [
    ["without date tags", folder("/data")],
    ["with a date tag", folder("/data/%year%")],
    ["with a date tag and its own MissingFolder", { ...folder("/data/%day%"), MissingFolder: "fail" }],
    ["with slashes at the ends", { ...folder("/data/"), LocalRepository: { BucketName: "lake", Prefix: "/in/" } }],
    ["of the remote root", folder("/")],
  ] as const) {
    it(`is the same from an event as from a definition: a folder ${what}`, async () => {
      expect(inEvent(setting)).to.deep.equal(await inDefinition(setting));
    });
  }

  it("ignores a missing folder by default only where the folder has date tags", () => {
    expect(inEvent(folder("/data")).MissingFolder).to.equal("fail");
    expect(inEvent(folder("/data/%year%")).MissingFolder).to.equal("ignore");
    expect(inEvent({ ...folder("/data/%year%"), MissingFolder: "fail" }).MissingFolder).to.equal("fail");
  });

  it("is taken from events of the AWS sample, whatever else they hold", () => {
    const sample = {
      ...folder("/data/"),
      Description: "daily",
      RemoteFolders: { Folder: "/data/", Recursive: true, X: 1 },
    };
    expect(inEvent(sample)).not.to.have.any.keys("Description");
    expect(inEvent(sample).RemoteFolders).to.deep.equal({
      Folder: "/data",
      Recursive: true,
      Include: [],
      Exclude: [],
      MaxDepth: 100,
    });
  });
});
