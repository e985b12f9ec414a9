import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { runPrefix } from "../../../engine/run-context";
import { LOCAL_ACCOUNT } from "../../../local/deployment/account";
import { localSettings } from "../../../local/runner/local-settings";
import { installationOverview } from "../../../scripts/commands/overview/installation-overview";
import type { CostSource } from "../../../scripts/commands/overview/month-costs";
import { overviewDocument } from "../../../scripts/commands/overview/overview-document";
import { overviewText } from "../../../scripts/commands/overview/overview-text";
import { overviewPage } from "../../../scripts/commands/overview/page/overview-page";
import { readSettingsFile } from "../../../scripts/commands/settings";
import { listResultsBucketName } from "../../../stacks/naming/names";
import { outcomeOf } from "../../support/command";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { writeSampleInstallation } from "../../support/sample-installation";
import { tempFolder } from "../../support/temp-folder";
import { HOSTILE, madeHostile, tagsOf } from "../pages/hostile";
import { REPORT } from "../pages/sample-report";

/** What of hostile texts is not to be in anything that is shown. */
const UNPRINTED = /[\u202e\u2066]|\p{Cc}(?<!\n)/u;

const NOW = new Date("2026-12-01T08:00:00Z");

async function sample(servers: number, source: CostSource = {}) {
  const folder = join(tempFolder(), "servers");
  writeSampleInstallation(folder, servers);
  return installationOverview({ folder, now: NOW, ...source });
}

describe("the overview's page", () => {
  for (const servers of [3, 60]) {
    it(`takes no text for markup, whatever it is, with ${servers} servers`, async () => {
      const overview = await sample(servers);
      const problem = {
        severity: "warning",
        file: "f",
        line: 1,
        column: 1,
        path: "p",
        message: "m",
        received: "r",
        allowed: "a",
      } as const;
      const plain = { ...overview, problems: [problem], environment: "stage" };
      const html = overviewPage(madeHostile(plain));
      expect(tagsOf(html)).to.deep.equal(tagsOf(overviewPage(plain)));
      expect(html).not.to.match(UNPRINTED);
      expect(html.split("&#x3C;script>alert(1)").length, "hostile texts").to.be.above(10 * servers);
    });
  }

  it("shows what a terminal may not be sent", async () => {
    const text = overviewText(madeHostile(await sample(3)));
    expect(text).not.to.match(UNPRINTED);
    expect(text).to.contain("\\u202e");
    expect(HOSTILE).to.contain("\u202e");
  });

  it("allows no connection, and no style or script but its own", async () => {
    const html = overviewPage(await sample(1));
    const [, written = ""] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    const policy = written.replaceAll("&#x27;", "'");
    expect(policy).to.match(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'; img-src data:;/,
    );
    expect(html).not.to.match(/\sstyle=|\son\w+=/);
  });
});

describe("the overview's costs", () => {
  it("are unknown without reports, with what is certain and how one gives the rest", async () => {
    const overview = await sample(3);
    const { costs } = overview;
    expect(costs.month).to.equal("2026-12");
    expect(costs.servers.every(({ unknown }) => unknown.length > 0)).to.equal(true);
    const text = overviewText(overview);
    const [, row = ""] = /^(cobalt-foods +1.*)$/m.exec(text) ?? [];
    expect(row).to.match(/ 1,306 +unknown, at least \$7\.45$/);
    expect(text)
      .to.match(/^Total +unknown, at least \$/m)
      .and.include("What the runs of 3 servers copy is unknown. npx sftp-sync overview --reports takes it from");
    const html = overviewPage(overview);
    expect(html).to.include("A month: unknown, at least $7.45").and.include("overview --reports takes it from");
  });

  it("are those of the last runs, where reports tell what runs copy", async () => {
    const data = join(tempFolder(), "data");
    const { settings } = await readSettingsFile();
    const bucket = join(data, listResultsBucketName(localSettings(settings ?? expect.fail()), LOCAL_ACCOUNT));
    for (const [sync, run] of [
      ["shipments", "20261130T060000000Z-1"],
      ["catalogue", "20261129T060000000Z-1"],
    ] as const) {
      const report = { ...REPORT, server: "cobalt-foods", sync, run, status: "SUCCEEDED", bytes: 1024 ** 3 };
      mkdirSync(join(bucket, runPrefix("cobalt-foods", sync, run)), { recursive: true });
      writeFileSync(join(bucket, runPrefix("cobalt-foods", sync, run), "report.json"), JSON.stringify(report));
    }
    const overview = await sample(3, { data });
    const [first] = overview.costs.servers;
    expect(first).to.deep.include({ server: "cobalt-foods", runs: 1306, unknown: [] });
    // A GiB in each run.
    expect(first?.dollars).to.be.above(0.4 * 1306);
    expect(overviewText(overview))
      .to.match(/^cobalt-foods +1,306 +\$\d{3}\.\d\d$/m)
      .and.match(/^Total +unknown, at least /m)
      .and.include("What the runs of 2 servers copy is unknown");
  });
});

describe("overview --json", () => {
  it("has everything, with times that are ISO 8601", async () => {
    const document = JSON.parse(JSON.stringify(overviewDocument(await sample(3))));
    expect(document).to.include({ time: "2026-12-01T08:00:00.000Z", region: "eu-central-1" });
    expect(document.servers[0].syncs[0]).to.deep.include({ name: "orders", words: "At 06:00, Monday through Friday" });
    expect(document.week).to.include({ from: "2026-12-01T00:00:00.000Z", to: "2026-12-08T00:00:00.000Z" });
    expect(document.week.collisions[0].times[0]).to.match(/^2026-12-0\dT\d\d:\d\d:00\.000Z$/);
    expect(document.costs.servers[0]).to.deep.include({ server: "cobalt-foods", unknown: ["shipments", "catalogue"] });
    expect(document.limits[1]).to.include({ name: "IAM roles", used: 15, limit: 1000 });
  });
});

describe("sftp-sync overview", () => {
  it("writes a page of what is valid, and says what is not", async () => {
    const project = tempFolder();
    copyProject(project, EVERY_COMMAND);
    writeSampleInstallation(join(project, "servers"), 2);
    writeFileSync(join(project, "servers", "broken.yaml"), "Name: broken\n");
    writeFileSync(join(project, "servers", "a\n::error::forged \u001b[2J$(id).yaml"), "");
    const environment = { servers: ["bergmann"], settings: { namePrefix: "stage" } };
    mkdirSync(join(project, "environments"));
    writeFileSync(join(project, "environments", "stage.json"), JSON.stringify(environment));
    const args = ["sftp-sync", "overview", "--html", "page.html", "--env", "stage"];
    const { how, stdout, stderr } = await outcomeOf("npx", args, { cwd: project, env: process.env });
    expect({ how, stdout }, stderr).to.deep.equal({ how: 2, stdout: "Written: page.html\n" });
    expect(stderr).to.contain("Not valid, and left out: servers/broken.yaml");
    expect(stderr)
      .to.contain("Not valid, and left out: servers/a\\u{a}::error::forged \\u{1b}[2J$(id).yaml. Next: ")
      .and.to.match(/validate \$'[^']+\$\(id\)\.yaml'$/m)
      .and.not.match(/^::/m)
      .and.not.contain("\u001b");
    const html = readFileSync(join(project, "page.html"), "utf8");
    expect(html).to.contain("SFTP to S3: stage").and.contain("2 definitions are not valid");
    expect(html).to.contain("sftp.bergmann.example.com").and.not.contain("aldous-freight");
  });
});
