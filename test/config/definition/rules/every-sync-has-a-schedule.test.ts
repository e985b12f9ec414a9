import { expect } from "chai";
import { definition, folderSync, load, summary } from "../../support";

const MISSING_SYNCS = ["error SyncSettings: is missing", "error Schedule: is missing"];

describe("everySyncHasASchedule", () => {
  const plain = folderSync("/a", "1");
  const own = folderSync("/b", "2", { Schedule: "@daily" });
  const cases: readonly (readonly [string, Record<string, unknown>[] | undefined, string | undefined, string[]])[] = [
    ["takes the server's", [plain, own], "@daily", []],
    ["takes the syncs' own", [own], undefined, []],
    ["asks the server when no sync has one", [plain], undefined, ["error Schedule: is missing"]],
    ["asks the server when there is no sync yet", undefined, undefined, MISSING_SYNCS],
    [
      "asks the sync when another has one",
      [own, plain],
      undefined,
      ["error SyncSettings[1].Schedule: is missing, and the server has none either"],
    ],
  ];
  for (const [behaviour, SyncSettings, Schedule, problems] of cases) {
    it(behaviour, async () => {
      expect(summary(await load({ "a.json": definition({ SyncSettings, Schedule }) }))).to.deep.equal(problems);
    });
  }
});
