import { expect } from "chai";
import { formatProblem } from "../../../../config/problems/problem";
import type { TargetBuckets } from "../../../../config/settings/target-buckets";
import { definition, folderSync, load } from "../../support";

const RULES: TargetBuckets = [{ servers: ["acme-*"], allow: ["data-lake/in/acme", "acme-*"] }];

/** A server with one sync to the prefix. */
const server = (Name: string, prefix: string, changes: Record<string, unknown> = {}) =>
  definition({ Name, SyncSettings: [folderSync("/out", prefix, changes)] });

const problemsOf = async (content: unknown, targetBuckets?: TargetBuckets) =>
  (await load({ "a.json": content }, { targetBuckets })).problems.map(formatProblem);

describe("targetsAreAllowed", () => {
  it("takes every place without rules", async () => {
    expect(await problemsOf(server("other", "anywhere"))).to.deep.equal([]);
  });

  it("takes a place at an allowed prefix and below", async () => {
    expect(await problemsOf(server("acme-eu", "in/acme"), RULES)).to.deep.equal([]);
    expect(await problemsOf(server("acme-eu", "in/acme/orders"), RULES)).to.deep.equal([]);
  });

  it("says where, what was received, and what is allowed", async () => {
    expect(await problemsOf(server("acme-eu", "in/other"), RULES)).to.deep.equal([
      "a.json:12:19 SyncSettings[0].LocalRepository.Prefix: targetBuckets in cdktf.json does not let acme-eu write there " +
        "(received: s3://data-lake/in/other/; allowed: data-lake/in/acme, acme-*)",
    ]);
  });

  it("points at the bucket where that is what is not allowed", async () => {
    const LocalRepository = { BucketName: "other-lake", Prefix: "in/acme" };
    expect(await problemsOf(server("acme-eu", "in/acme", { LocalRepository }), RULES)).to.deep.equal([
      "a.json:11:23 SyncSettings[0].LocalRepository.BucketName: targetBuckets in cdktf.json does not let acme-eu write there " +
        "(received: s3://other-lake/in/acme/; allowed: data-lake/in/acme, acme-*)",
    ]);
  });

  it("lets a server write nowhere where no entry is for its name, and says so", async () => {
    const [problem] = await problemsOf(server("other", "in/acme"), RULES);
    expect(problem).to.include("does not let other write there").and.include("allowed: no bucket at all");
  });

  it("does not ask whether a sync is enabled: its policy is deployed all the same", async () => {
    expect(await problemsOf(server("acme-eu", "in/other", { Enabled: false }), RULES)).to.have.lengthOf(1);
  });

  it("leaves the definition out of those that are valid", async () => {
    const { definitions } = await load(
      { "a.json": server("acme-eu", "in/other"), "b.json": server("acme-us", "in/acme/us") },
      { targetBuckets: RULES },
    );
    expect(definitions.map(({ name }) => name)).to.deep.equal(["acme-us"]);
  });
});
