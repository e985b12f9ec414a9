import { expect } from "chai";
import { reportPage } from "../../../scripts/commands/aws/runs/report-page";
import type { Run } from "../../../scripts/commands/aws/runs/run";
import { madeHostile, tagsOf } from "./hostile";
import { REPORT } from "./sample-report";

const URI = "s3://results/runs/partner/orders/20261130T060000000Z-1a2b3c/report.json";

const RUN: Run = {
  server: "partner",
  sync: "orders",
  run: REPORT.run,
  execution: REPORT.execution,
  status: "RUNNING",
  startedBy: "schedule",
  dryRun: false,
  startedAt: REPORT.startedAt,
};

describe("the page of a run", () => {
  it("has counts, failures, what to do, and where the rest is", () => {
    const html = reportPage({ report: REPORT }, URI);
    for (const text of [
      "TransferIncomplete",
      "The server lists these files and does not let this user read them.",
      "12.3 MB",
      "3 min 20 s",
      "/out/orders/a.csv",
      "Files skipped: unchanged",
      "s3://results/runs/partner/orders/20261130T060000000Z-1a2b3c/failures-001.jsonl",
      "fewer connections",
    ]) {
      expect(html).to.contain(text);
    }
  });

  it("takes no text of servers for markup", () => {
    const html = reportPage(madeHostile({ report: REPORT }), URI);
    expect(tagsOf(html)).to.deep.equal(tagsOf(reportPage({ report: REPORT }, URI)));
    expect(html).not.to.match(/[\u202e\u2066]/);
  });

  it("says that a run is at work, and that its report comes at its end", () => {
    const html = reportPage({ run: RUN }, URI);
    expect(html).to.contain("at work").and.contain("The report comes at its end.");
  });
});
