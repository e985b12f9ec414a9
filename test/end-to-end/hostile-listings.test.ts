import { expect } from "chai";
import { injectFaults } from "../../local/faults/faults";
import { faultsSchema } from "../../local/faults/faults-schema";
import type { Interception } from "../../local/runner/interception";
import type { RemoteFiles } from "../../local/transfer/connector";
import { objects, remoteFiles } from "../scenarios/tree-files";
import { EMBEDDED, type RemoteServer } from "./remote-servers";
import { World } from "./world";

/** What a listing of `/in` has no business to name: places above and beside, and ways round to them. */
const ELSEWHERE = [
  "/",
  "",
  "sub/deeper",
  "in/sub/deeper",
  "../in/sub",
  "/etc",
  "/outside",
  "/in-and-out",
  "/in/..",
  "/in/../outside",
  "/in/.",
  "/in/./sub",
  "/in//sub",
  "/in/sub/..",
  "/in/sub/deeper",
];

/** The folder itself: nothing to count, and nothing to follow. */
const ITSELF = ["/in", "/in/"];

/** Listings of `/in` name all of that too, as folders and as files, and the folder below twice. */
function withStrangers(next: RemoteFiles): RemoteFiles {
  return {
    list: async (folder, maxItems) => {
      const document = await next.list(folder, maxItems);
      if (folder !== "/in") {
        return document;
      }
      const files = ELSEWHERE.map((filePath) => ({ filePath, modifiedTimestamp: "2024-01-30T20:34:54Z", size: 6 }));
      const paths = [...ELSEWHERE, ...ITSELF, "/in/sub/"].map((path) => ({ path }));
      return { ...document, files: [...document.files, ...files], paths: [...document.paths, ...paths] };
    },
    retrieve: (path, consume) => next.retrieve(path, consume),
  };
}

const NO_FAULTS = injectFaults(faultsSchema.parse({}));
const STRANGERS: Interception = { ...NO_FAULTS, remote: withStrangers };

describe("a listing that names what does not lie in its folder", () => {
  let remote: RemoteServer | undefined;
  let world: World | undefined;

  afterEach(async () => {
    await world?.close();
    await remote?.close();
  });

  it("leads nowhere else: its own files are copied once, and the rest is counted", async () => {
    remote = await EMBEDDED.start();
    world = await World.create(remote);
    await world.put("in/a.csv", "alpha");
    await world.put("in/sub/b.csv", "beta");
    const wanted = Object.fromEntries(remoteFiles(remote.root));
    await world.put("outside/secret.csv", "secret");
    await world.put("in-and-out/secret.csv", "secret");
    const result = await world.run({}, { interception: STRANGERS });
    expect(result).to.deep.include({ status: "SUCCEEDED", folders: { listed: 2, failed: 0, spared: 0 } });
    const strangers = 2 * ELSEWHERE.length;
    expect(result.files).to.deep.include({
      seen: 2 + strangers,
      transferred: 2,
      skipped: { "unsupported-name": strangers },
    });
    expect(result.calls).to.include({ StartDirectoryListing: 2, StartFileTransfer: 2 });
    expect(Object.fromEntries(await objects(world))).to.deep.equal(wanted);
  });
});
