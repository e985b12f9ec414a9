import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { StorageFailure } from "../../local/errors/storage-failure";
import { runDefinition } from "../../local/run-definition";
import { FUNCTIONS_DIR } from "../end-to-end/world";
import { testServer, testSettings, testSync } from "../stacks/support";
import { errorOf } from "../support/errors";
import { tempFolder } from "../support/temp-folder";

describe("runDefinition", () => {
  /** Fails where the functions would be built. */
  async function failing(cause: Error): Promise<{ error: Error; dataDirectory: string }> {
    const dataDirectory = join(tempFolder(), "data");
    const ended = runDefinition({
      definition: testServer("partner", { syncs: [testSync("in")] }),
      settings: testSettings(),
      dataDirectory,
      functionsDir: () => Promise.reject(cause),
      credentials: undefined,
    });
    return { error: await errorOf(ended), dataDirectory };
  }

  it("says that temporary files cannot be written, where their disk is full", async () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const { error, dataDirectory } = await failing(full);
    expect(error).to.be.instanceOf(StorageFailure);
    expect(error.message).to.equal(
      `Cannot write to the folder for temporary files ${tmpdir()}: no space left on the device (ENOSPC)`,
    );
    expect(error).to.have.property("next").that.includes("TMPDIR");
    expect(existsSync(join(dataDirectory, ".sftp-sync", "lock"))).to.equal(false);
  });

  it("lets any other failure through, and gives the directory back", async () => {
    const bug = new TypeError("x is not a function");
    const { error, dataDirectory } = await failing(bug);
    expect(error).to.equal(bug);
    expect(existsSync(join(dataDirectory, ".sftp-sync", "lock"))).to.equal(false);
  });

  describe("where the functions cannot be started", () => {
    const IN_THE_WAY = {
      "their logs": { path: ["logs"], kind: "file" },
      "a function's log": { path: ["logs", "sftp-sync-record-listing-failure.log"], kind: "folder" },
    } as const;

    for (const [what, { path, kind }] of Object.entries(IN_THE_WAY)) {
      it(`says what is in the way of ${what}, and ends`, async () => {
        const dataDirectory = tempFolder();
        const place = join(dataDirectory, ".sftp-sync", ...path);
        mkdirSync(kind === "folder" ? place : dirname(place), { recursive: true });
        if (kind === "file") {
          writeFileSync(place, "");
        }
        const servers = listeningServers();
        const ended = runDefinition({
          definition: testServer("partner", { syncs: [testSync("in")] }),
          settings: testSettings(),
          dataDirectory,
          functionsDir: async () => FUNCTIONS_DIR,
          credentials: undefined,
        });
        const error = await errorOf(ended);
        expect(error).to.be.instanceOf(StorageFailure);
        expect(error.message).to.include(
          `Cannot write to the data directory ${dataDirectory}: a ${kind} is in the way`,
        );
        expect(listeningServers()).to.equal(servers);
      });
    }

    /** Those of this process; each of them would keep it from ending. */
    const listeningServers = () => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;
  });
});
