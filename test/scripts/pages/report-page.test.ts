import { expect } from "chai";
import { reportPage } from "../../../scripts/commands/aws/runs/report-page";
import { reportText } from "../../../scripts/commands/aws/runs/report-text";
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

const textOf = (html: string): string => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

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

  it("names what was transferred, and what was skipped with the reason, and says what it does not name", () => {
    const counts = {
      seen: 140,
      transferred: 3,
      failed: 0,
      unfinished: 0,
      skipped: { unchanged: 130, excluded: 4, "too-large": 1 },
    };
    const report = { ...REPORT, files: counts, skippedLists: { lists: ["skipped-001.jsonl"], unlisted: 0 } };
    const files = [{ path: "/out/orders/new.csv", size: 1_500_000 }];
    const skippedFiles = [
      { path: "/out/orders/tmp.part", size: 12, reason: "excluded" },
      { path: "/out/orders/dump.bin", reason: "too-large" },
    ];
    const text = textOf(reportPage({ report, files, skippedFiles }, URI));
    expect(text).to.contain("Transferred Path Size /out/orders/new.csv 1.5 MB ... and 2 more: --all shows them.");
    expect(text).to.contain("/out/orders/tmp.part 12 B excluded, left out by Include or Exclude");
    expect(text).to.contain("/out/orders/dump.bin too-large, larger than a connector moves, 150 GiB");
    expect(text).to.contain("... and 133 more: --all shows them.");
    const dry = { ...report, files: { ...counts, transferred: 0, wouldTransfer: 1 } };
    expect(textOf(reportPage({ report: dry, files, skippedFiles }, URI))).to.contain("Would be skipped");
    expect(reportPage({ report: REPORT }, URI)).not.to.contain('id="skipped"');
  });

  it("tells the time of the execution, as the list of runs does", () => {
    const run = { ...RUN, status: "SUCCEEDED", seconds: 207 } as const;
    expect(textOf(reportPage({ report: REPORT, run }, URI))).to.contain("Took 3 min 27 s");
    expect(reportText({ report: REPORT, run }, URI)).to.contain("took 3 min 27 s");
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
