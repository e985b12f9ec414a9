import { DescribeConnectorCommand } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { errorOf } from "../support/errors";
import { unwrapped } from "../support/terraform";
import type { Definition } from "./world/definitions";
import type { PlainWorld } from "./world/plain-world";
import { secretValue } from "./world/secrets";

const SETTER = "sftp-sync-set-connector-concurrency";

export function describeConnectorUpdates(current: () => PlainWorld): void {
  describe("a connector that is updated in its place", () => {
    const updated = (): Definition => {
      const { partnerA } = current();
      return {
        ...partnerA,
        Url: partnerA.Url.replace("127.0.0.1", "localhost"),
        PublicKey: partnerA.PublicKey.slice(1),
      };
    };

    it("fails the apply with a clear message where its concurrency cannot be set", async () => {
      const { account, outputs, partnerB, project, stacks } = current();
      await project.synth([updated(), partnerB]);
      const refused = { caller: SETTER, operation: "UpdateConnector" };
      const error = await errorOf(account.refusals.during(refused, () => stacks.apply("server-partner-a")));
      expect(unwrapped(error.message))
        .to.contain("ConcurrencyNotSet")
        .and.contain(`${outputs.partnerA.connector_id} was not given MaxConcurrentConnections 3`)
        .and.contain("UpdateConnector is refused");
    });

    it("has what the definition says, its secret too, once the stack is applied again", async () => {
      const { account, outputs, partnerA, remoteA, stacks } = current();
      const { connector_id, secret_arn } = outputs.partnerA;
      await stacks.apply("server-partner-a");
      const { Connector } = await account.operator.transfer.send(
        new DescribeConnectorCommand({ ConnectorId: connector_id }),
      );
      expect(Connector?.Url).to.equal(`sftp://${updated().Url}`).and.not.equal(`sftp://${partnerA.Url}`);
      expect(Connector?.SftpConfig).to.deep.equal({
        UserSecretId: secret_arn,
        TrustedHostKeys: updated().PublicKey,
        MaxConcurrentConnections: 3,
      });
      expect(await secretValue(account.operator, secret_arn)).to.contain(remoteA.credentials.username);
    });

    it("was set after the provider's own update, which knows nothing of the concurrency", () => {
      const updates = current().account.calls.filter(({ operation }) => operation === "UpdateConnector");
      expect(updates.map(({ caller }) => caller).slice(-3)).to.deep.equal(["terraform", SETTER, SETTER]);
    });

    it("leaves nothing to do, and works", async () => {
      const { runs, stacks } = current();
      const name = { server: "partner-a", sync: "orders", run: "after-update" };
      const [run] = await Promise.all([runs.bySchedule(name), stacks.expectNoChanges("server-partner-a")]);
      expect(run).to.include({ status: "SUCCEEDED" });
      expect((await runs.report(name)).warnings).to.deep.equal([]);
    });
  });
}
