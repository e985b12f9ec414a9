import { join } from "node:path";
import { expect } from "chai";
import { demo } from "../../scripts/demo";
import { tempFolder } from "../support/temp-folder";

describe("demo", function () {
  this.timeout(60_000);

  it("tells its story, and what it tells is so", async () => {
    const told: string[] = [];
    await demo({ folder: join(tempFolder(), "demo"), say: (text) => told.push(text) });
    const story = told.join("\n");
    expect(story).to.include("2 transferred, the other 6 unchanged");
    expect(story).to.include("RemoteFoldersList > GetListStatus > SyncRemoteFolder");
    expect(story).to.include("Try next");
  });
});
