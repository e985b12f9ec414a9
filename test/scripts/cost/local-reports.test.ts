import { execFileSync } from "node:child_process";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { runPrefix } from "../../../engine/run-context";
import { LOCAL_ACCOUNT } from "../../../local/deployment/account";
import { localSettings } from "../../../local/runner/local-settings";
import { localReports } from "../../../scripts/commands/cost/reports";
import { loadSettings } from "../../../scripts/commands/settings";
import { listResultsBucketName } from "../../../stacks/naming/names";
import { tempFolder } from "../../support/temp-folder";
import { REPORT } from "../pages/sample-report";

describe("reports in a data directory", () => {
  it("are read the latest first, past what is no report: a pipe, text that is none, a file without end", async () => {
    const settings = await loadSettings();
    const data = tempFolder();
    const bucket = join(data, listResultsBucketName(localSettings(settings), LOCAL_ACCOUNT));
    const place = (run: string) => {
      const folder = join(bucket, runPrefix("partner", "orders", run));
      mkdirSync(folder, { recursive: true });
      return join(folder, "report.json");
    };
    for (const run of ["2026-1", "2026-5"]) {
      writeFileSync(place(run), JSON.stringify({ ...REPORT, run }));
    }
    execFileSync("mkfifo", [place("2026-2")]);
    writeFileSync(place("2026-3"), Buffer.from([0xff, 0xfe, 0x7b]));
    writeFileSync(place("2026-4"), "");
    truncateSync(place("2026-4"), 1024 ** 3);
    const reports = await localReports(data, settings, "partner", "orders");
    expect(reports.map(({ run }) => run)).to.deep.equal(["2026-5", "2026-1"]);
  });
});
