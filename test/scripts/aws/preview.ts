import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { LOCAL_ACCOUNT } from "../../../local/deployment/account";
import { localSettings } from "../../../local/runner/local-settings";
import { openBase } from "../../../scripts/commands/preview/base";
import { listResultsBucketName } from "../../../stacks/naming/names";
import { REGION } from "../../deployment/world/clients";
import { testSettings } from "../../stacks/support";
import { errorOf } from "../../support/errors";
import { type CommandWorld, definitionOf, deploy, put, syncOf } from "./world";

export function describePreview(world: () => CommandWorld): void {
  describe("what a preview is held against", () => {
    const settings = testSettings();
    const bucket = listResultsBucketName(localSettings(settings), LOCAL_ACCOUNT);

    it("is what is deployed: the ledgers, under the name that a run here has for their bucket, and the targets", async () => {
      const { session, clients } = world();
      await deploy(world(), await definitionOf("looked-at", [syncOf("orders")]));
      await clients.s3.send(
        new CreateBucketCommand({
          Bucket: "looked-at-lake",
          CreateBucketConfiguration: { LocationConstraint: REGION },
        }),
      );
      await put(clients, "ledger/looked-at/x/y.json", { known: true });
      await put(clients, "in/a.csv", "alpha", "looked-at-lake");
      const base = await openBase("looked-at", settings, { session });
      expect(base.kind).to.equal("deployed");
      const { objects } = base;
      expect(await objects?.read(bucket, "ledger/looked-at/x/y.json")).to.have.property("text", '{"known":true}');
      expect(await objects?.head("looked-at-lake", "in/a.csv")).to.include({ size: 5 });
      expect(await objects?.head("looked-at-lake", "in/b.csv")).to.equal(undefined);
      const keys: string[] = [];
      for await (const { key } of objects?.list("looked-at-lake", "in/") ?? []) {
        keys.push(key);
      }
      expect(keys).to.deep.equal(["in/a.csv"]);
      base.check();
      expect((await errorOf(Promise.resolve(objects?.read("no-such-lake", "a")))).message).to.contain("no-such-lake");
      expect(() => base.check()).to.throw(/no-such-lake/);
      base.close();
    });

    it("is nothing where the server is not deployed, or --empty says so", async () => {
      const { session } = world();
      expect(await openBase("nowhere", settings, { session })).to.include({ kind: "empty" });
      expect(await openBase("looked-at", settings, { session, empty: true })).to.include({ kind: "empty" });
    });
  });
}
