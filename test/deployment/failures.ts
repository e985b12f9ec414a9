import { expect } from "chai";
import type { PlainWorld } from "./world/plain-world";

export function describeFailures(current: () => PlainWorld): void {
  describe("a listing that fails", () => {
    it("is told by the deployed rule, fails the run under its name, and somebody is notified", async () => {
      const { account, inbox, outputs, runs } = current();
      await inbox.take();
      const before = account.calls.length;
      const name = { server: "partner-b", sync: "nowhere", run: "failing" };
      expect(await runs.bySchedule(name)).to.include({ status: "FAILED", error: "RemoteFolderMissing" });
      const markers = account.calls
        .slice(before)
        .filter(({ caller, operation }) => caller === "sftp-sync-record-listing-failure" && operation === "PutObject");
      expect(markers.map(({ object }) => object?.bucket)).to.deep.equal([outputs.shared.list_results_bucket_name]);
      const { error, failures } = await runs.report(name);
      expect(error?.name).to.equal("RemoteFolderMissing");
      expect(failures.map(({ path }) => path)).to.deep.equal(["/nowhere"]);
      const notifications = await inbox.take();
      expect(notifications.map(({ Subject }) => Subject)).to.deep.equal([
        "SFTP sync RemoteFolderMissing: partner-b / nowhere",
      ]);
      expect(notifications[0]?.TopicArn).to.equal(outputs.shared.topic_arn);
      expect(notifications[0]?.Message)
        .to.contain("/nowhere")
        .and.contain(`s3://${outputs.shared.list_results_bucket_name}/runs/partner-b/nowhere/failing/report.json`);
    });
  });
}
