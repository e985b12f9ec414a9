import { expect } from "chai";
import { refuseForeignTargets } from "../../../stacks/constructs/sync-targets";
import { testServer, testSettings, testSync } from "../../stacks/support";
import { definition, load, summary } from "../support";

describe("a bucket of Terraform's states", () => {
  const files = { "a.json": definition() };

  it("is no target, whatever the prefix", async () => {
    const before = await load(files);
    const bucket = before.definitions[0]?.syncs[0]?.setting.LocalRepository.BucketName ?? "";
    expect(before.problems).to.deep.equal([]);
    const { problems, definitions } = await load(files, { stateBuckets: [bucket] });
    expect(summary({ problems, definitions, files: new Map(), found: [] }).join()).to.match(
      /error SyncSettings\[0\]\.LocalRepository\.BucketName: is a bucket of Terraform's states/,
    );
    expect(definitions).to.deep.equal([]);
  });

  it("is none under the name that an environment gives to another bucket either", async () => {
    const [first] = (await load(files)).definitions;
    const bucket = first?.syncs[0]?.setting.LocalRepository.BucketName ?? "";
    const { definitions } = await load(files, { bucketNames: { [bucket]: "states" }, stateBuckets: ["states"] });
    expect(definitions).to.deep.equal([]);
  });

  it("keeps a server's stack from being written, were the definition not looked at", () => {
    const server = testServer("a", {
      syncs: [testSync("in", { LocalRepository: { BucketName: "states", Prefix: "" } })],
    });
    const settings = { ...testSettings(), stateBuckets: ["states"] };
    expect(() => refuseForeignTargets(settings, server)).to.throw("a bucket of Terraform's states");
  });
});
