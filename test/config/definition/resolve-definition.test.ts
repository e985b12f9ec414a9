import { expect } from "chai";
import type { SyncDefinition } from "../../../contract/model";
import { definition, ECDSA_KEY, load, RSA_KEY, sync } from "../support";

async function syncOf(server: Record<string, unknown>, changes: Record<string, unknown> = {}): Promise<SyncDefinition> {
  const { definitions } = await load({ "a.json": definition({ SyncSettings: [sync(changes)], ...server }) });
  const found = definitions[0]?.syncs[0];
  if (found === undefined) {
    throw new Error("the definition is not valid");
  }
  return found;
}

describe("resolveDefinition", () => {
  it("has a sync enabled only when both the server and the sync are", async () => {
    const enabled = async (server: unknown, one: unknown) =>
      (await syncOf({ Enabled: server }, { Enabled: one })).enabled;
    expect(await enabled(undefined, undefined)).to.equal(true);
    expect(await enabled(true, false)).to.equal(false);
    expect(await enabled(false, true)).to.equal(false);
    expect(await enabled(false, false)).to.equal(false);
  });

  it("lets a sync override the server's schedule and time zone, each by itself", async () => {
    const server = { Schedule: "@daily", ScheduleTimezone: "Europe/Berlin" };
    const daily = "cron(0 0 * * ? *)";
    const cases = [
      [{}, { kind: "cron", expression: daily, timezone: "Europe/Berlin" }],
      [{ ScheduleTimezone: "UTC" }, { kind: "cron", expression: daily, timezone: "UTC" }],
      [{ Schedule: "rate(1 hour)" }, { kind: "rate", expression: "rate(1 hour)", timezone: "Europe/Berlin" }],
      [{ Schedule: "on-demand" }, { kind: "on-demand" }],
    ] as const;
    for (const [changes, schedule] of cases) {
      expect((await syncOf(server, changes)).schedule).to.deep.equal(schedule);
    }
  });

  it("ignores a missing folder by default only where the folder has date tags", async () => {
    const missing = async (Folder: string, MissingFolder?: string) =>
      (await syncOf({}, { RemoteFolders: { Folder, Recursive: true }, MissingFolder })).setting.MissingFolder;
    expect(await missing("/data")).to.equal("fail");
    expect(await missing("/data/%year%")).to.equal("ignore");
    expect(await missing("/data", "ignore")).to.equal("ignore");
    expect(await missing("/data/%year%", "fail")).to.equal("fail");
  });

  it("uses the stripped forms of names, folders, prefixes and keys", async () => {
    const { definitions } = await load({
      "a.json": definition({
        Name: "Partner One",
        Url: "sftp://host/",
        PublicKey: [`${RSA_KEY} comment`, `host ${ECDSA_KEY}`, RSA_KEY],
        SyncSettings: [
          sync({
            Name: "My Sync",
            LocalRepository: { BucketName: "data-lake", Prefix: "/in/", KmsKeyArn: "" },
            RemoteFolders: { Folder: "/data/", Recursive: true },
          }),
        ],
      }),
    });
    expect(definitions[0]).to.deep.include({ name: "partner-one", url: "host", trustedHostKeys: [RSA_KEY, ECDSA_KEY] });
    expect(definitions[0]?.syncs[0]?.setting).to.deep.include({
      Name: "my-sync",
      LocalRepository: { BucketName: "data-lake", Prefix: "in" },
    });
    expect(definitions[0]?.syncs[0]?.setting.RemoteFolders.Folder).to.equal("/data");
  });

  it("keeps the filters and limits that are given", async () => {
    const RemoteFolders = { Folder: "/", Recursive: true, Include: ["*.csv"], Exclude: ["x*"], MaxDepth: 0 };
    const found = await syncOf({}, { RemoteFolders, MinimumAgeSeconds: 60, ChangeDetection: "modified-time" });
    expect(found.setting).to.deep.include({
      Name: "root",
      RemoteFolders,
      MinimumAgeSeconds: 60,
      ChangeDetection: "modified-time",
    });
  });
});
