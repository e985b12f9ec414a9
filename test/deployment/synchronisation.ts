import { expect } from "chai";
import { removeTargetObject, targetKeys, targetObject } from "./world/objects";
import type { PlainWorld } from "./world/plain-world";
import { writeRemoteFile } from "./world/remote";
import type { EndedRun } from "./world/runs";

export function describeSynchronisation(current: () => PlainWorld): void {
  /** Of a remote file of partner-a. */
  const keyOf = (path: string) => `partner-a${current().remoteA.base}/${path}`;
  const orders = (run: string) => ({ server: "partner-a", sync: "orders", run });
  const prices = (run: string) => ({ server: "partner-a", sync: "prices", run });
  const reports = (run: string) => ({ server: "partner-b", sync: "reports", run });
  const contentOf = (path: string) => targetObject(current().account.operator, keyOf(path));

  describe("first runs of what is deployed", () => {
    let ended: Readonly<Record<"orders" | "prices" | "reports", EndedRun>>;

    before(async () => {
      const { outputs, remoteA, remoteB, runs } = current();
      await writeRemoteFile(remoteA, "orders/a.csv", "alpha");
      await writeRemoteFile(remoteA, "orders/2026/ä b.csv", "beta");
      await writeRemoteFile(remoteA, "orders/2026/11/c.csv", "gamma");
      await writeRemoteFile(remoteA, "prices/list.csv", "beans, 1.99");
      await writeRemoteFile(remoteB, "reports/r.pdf", "report");
      const [ofOrders, ofPrices, ofReports] = await Promise.all([
        runs.bySchedule(orders("first")),
        runs.byHand(prices("first-by-hand"), outputs.partnerA.state_machine_arn),
        runs.bySchedule(reports("first")),
      ]);
      ended = { orders: ofOrders, prices: ofPrices, reports: ofReports };
    });

    it("copy a tree when the schedule is due", async () => {
      expect(ended.orders).to.include({ status: "SUCCEEDED" });
      expect(await contentOf("orders/a.csv")).to.equal("alpha");
      expect(await contentOf("orders/2026/ä b.csv")).to.equal("beta");
      expect(await contentOf("orders/2026/11/c.csv")).to.equal("gamma");
      const { folders, files, bytes } = await current().runs.report(orders("first"));
      expect(folders).to.include({ listed: 3, failed: 0 });
      expect(files).to.include({ seen: 3, transferred: 3, failed: 0 });
      expect(bytes).to.equal(14);
    });

    it("copy on demand, started with the event from the SSM parameter", async () => {
      expect(ended.prices).to.include({ status: "SUCCEEDED" });
      expect(await contentOf("prices/list.csv")).to.equal("beans, 1.99");
      expect(current().outputs.partnerA.parameter_names).to.include("/sftp-sync/partner-a/prices");
    });

    it("serve each server by its own connector and secret", async () => {
      const { account, outputs } = current();
      expect(ended.reports).to.include({ status: "SUCCEEDED" });
      expect(await targetKeys(account.operator, "partner-b")).to.deep.equal(["partner-b/reports/r.pdf"]);
      const readers = account.calls
        .filter(({ operation }) => operation === "GetSecretValue")
        .map(({ caller }) => caller);
      const { connector_id: ofA } = outputs.partnerA;
      const { connector_id: ofB } = outputs.partnerB;
      expect([...new Set(readers)].filter((caller) => caller !== "operator")).to.have.members([ofA, ofB]);
    });
  });

  describe("second runs of what is deployed", () => {
    let ended: Readonly<Record<"orders" | "prices", EndedRun>>;
    /** Functions that started transfers, once for each call. */
    let starters: readonly string[];

    before(async () => {
      const { account, outputs, remoteA, runs } = current();
      await writeRemoteFile(remoteA, "orders/2026/11/c.csv", "gamma and more");
      await removeTargetObject(account.operator, keyOf("prices/list.csv"));
      const before = account.calls.length;
      const [ofOrders, ofPrices] = await Promise.all([
        runs.bySchedule(orders("second")),
        runs.byHand(prices("second-by-hand"), outputs.partnerA.state_machine_arn, { Mode: "compare" }),
      ]);
      ended = { orders: ofOrders, prices: ofPrices };
      starters = account.calls
        .slice(before)
        .filter(({ operation }) => operation === "StartFileTransfer")
        .map(({ caller }) => caller);
    });

    it("copy only what has changed", async () => {
      expect(ended.orders).to.include({ status: "SUCCEEDED" });
      expect(await contentOf("orders/2026/11/c.csv")).to.equal("gamma and more");
      const { files } = await current().runs.report(orders("second"));
      expect(files).to.deep.include({ seen: 3, transferred: 1, skipped: { unchanged: 2 } });
    });

    it("bring back what was deleted from S3 where they are to compare", async () => {
      expect(ended.prices).to.include({ status: "SUCCEEDED" });
      expect(await contentOf("prices/list.csv")).to.equal("beans, 1.99");
    });

    it("ask the connector for nothing else", () => {
      const starter = "sftp-sync-partner-a-sync-remote-folder";
      expect(starters).to.deep.equal([starter, starter]);
    });
  });
}
