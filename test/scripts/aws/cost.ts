import { expect } from "chai";
import { deployedSyncs } from "../../../scripts/commands/aws/access/deployed-syncs";
import { ServerRuns } from "../../../scripts/commands/aws/runs/server-runs";
import { estimateCost } from "../../../scripts/commands/cost/cost-command";
import { type CommandWorld, definitionFileOf, definitionOf, deploy, putReport, syncOf } from "./world";

export function describeCost(world: () => CommandWorld): void {
  describe("cost by reports", () => {
    it("takes the average of the last runs of each sync, and leaves the others unknown", async () => {
      await deploy(world(), await definitionOf("priced", [syncOf("orders"), syncOf("prices")]));
      const file = await definitionFileOf("priced", [syncOf("orders"), syncOf("prices")]);
      const startExecution = async (name: string) => {
        const runs = await ServerRuns.open(world().session, "priced");
        const [orders] = await deployedSyncs(world().session, "priced");
        await runs.start(name, JSON.parse(orders?.json ?? ""));
        runs.close();
      };
      for (const bytes of [1024 ** 3, 3 * 1024 ** 3]) {
        const run = `priced-${bytes}`;
        await startExecution(run);
        await putReport(world(), { server: "priced", sync: "orders", run }, { bytes });
      }
      const { servers } = await estimateCost(
        { server: file, reports: true, session: world().session },
        () => undefined,
      );
      const [orders, prices] = servers[0]?.syncs ?? [];
      expect(orders?.each?.volume).to.deep.equal({ folders: 3, files: 4, bytes: 2 * 1024 ** 3 });
      expect(orders?.each?.amounts.connectorGibibytes).to.equal(2);
      expect(prices?.each).to.equal(undefined);
      expect(servers[0]?.isComplete).to.equal(false);
    });
  });
}
