import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { DescribeConnectorCommand } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { FUNCTIONS_DIR } from "../end-to-end/world";
import {
  inStateOrder,
  SERVER_ADDRESSES,
  SHARED_ADDRESSES,
  syncAddresses,
  watchedSyncAddresses,
} from "../stacks/addresses";
import { type PlainWorld, STACKS } from "./world/plain-world";

/** All that `terraform state list` shows, by stack. */
const EXPECTED_ADDRESSES: Readonly<Record<(typeof STACKS)[number], readonly string[]>> = {
  shared: [...SHARED_ADDRESSES, "aws_sns_topic_subscription.notifications_ops_example_com"],
  "server-partner-a": [...SERVER_ADDRESSES, ...watchedSyncAddresses("orders"), ...syncAddresses("prices")],
  "server-partner-b": [...SERVER_ADDRESSES, ...watchedSyncAddresses("reports"), ...watchedSyncAddresses("nowhere")],
};

export function describeFirstDeployment(current: () => PlainWorld): void {
  describe("the first deployment", () => {
    it("leaves nothing to do for a second plan: those of the servers are made below, once the secrets are filled", async () => {
      await current().stacks.expectNoChanges("shared");
    });

    for (const stack of STACKS) {
      it(`gives the resources of ${stack} addresses that people can read`, async () => {
        expect(await current().stacks.stateList(stack)).to.deep.equal(inStateOrder(EXPECTED_ADDRESSES[stack]));
      });
    }

    it("prints what docs/tasks.md shows", () => {
      const { deployed } = current();
      expect(deployed).to.have.lengthOf(1);
      expect(deployed.map(({ now }) => now)).to.deep.equal(deployed.map(({ shown }) => shown));
    });

    it("deploys the zips that were built", async () => {
      const { lambda } = current().account.operator;
      for (const [functionName, zip] of [
        ["sftp-sync-record-listing-failure", "shared"],
        ["sftp-sync-partner-a-remote-folders-list", "run"],
        ["sftp-sync-partner-b-finish-run", "run"],
      ]) {
        const deployed = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
        const bytes = readFileSync(join(FUNCTIONS_DIR, `${zip}.zip`));
        expect(deployed.CodeSha256, functionName).to.equal(createHash("sha256").update(bytes).digest("base64"));
      }
    });

    it("lets connectors open as many connections as the definition says", async () => {
      const { account, outputs } = current();
      const connections = async (ConnectorId: string) => {
        const { Connector } = await account.operator.transfer.send(new DescribeConnectorCommand({ ConnectorId }));
        return Connector?.SftpConfig?.MaxConcurrentConnections;
      };
      expect(await connections(outputs.partnerA.connector_id)).to.equal(3);
      // The definition's default.
      expect(await connections(outputs.partnerB.connector_id)).to.equal(5);
    });
  });
}
