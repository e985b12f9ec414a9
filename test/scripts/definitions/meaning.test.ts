import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { loadDefinitionFiles } from "../../../config/load-definitions";
import { meaningOf, meaningText } from "../../../scripts/commands/definitions/meaning";
import { definition, sync } from "../../config/support";
import { outcomeOf } from "../../support/command";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { tempFolder } from "../../support/temp-folder";

const EXAMPLE = join(resolve(__dirname, "../../.."), "servers", "example.yaml");
const NOW = new Date("2026-11-30T12:00:00Z");

describe("what a definition means", () => {
  it("has every default, schedules in words, the next runs, targets and fingerprints", async () => {
    const { definitions } = await loadDefinitionFiles([EXAMPLE]);
    const [example] = definitions;
    const meaning = example && meaningOf(example, "servers/example.yaml", NOW);
    expect(meaning).to.nested.include({
      "hostKeys[0].fingerprint": "SHA256:1TQ89jUJzZsc5WyTF9PirQQEgSfjI92caxh3N4BTKng",
      "syncs[0].scheduleInWords": "Every hour",
      "syncs[0].nextRuns[2].utc": "2026-11-30T15:00:00.000Z",
      "syncs[0].nextRuns[2].local": "2026-11-30 16:00",
      "syncs[0].setting.SizeMismatch": "fail",
    });
    const text = meaning && meaningText(meaning);
    expect(text).to.contain("sftp.partner-a.example.com, port 22");
    expect(text).to.contain("s3://example-data-lake/partner-a/reports/%year%/%month%/");
    expect(text).to.contain("At 23:30 (Europe/London)");
    expect(text).to.contain("2026-11-30 13:00 UTC (14:00 in Europe/Berlin)");
  });

  it("has no next runs of a sync that is disabled, and says so", async () => {
    const file = join(tempFolder(), "partner.yaml");
    writeFileSync(file, stringify(definition({ Enabled: false })));
    const { definitions } = await loadDefinitionFiles([file]);
    const [disabled] = definitions;
    const meaning = disabled && meaningOf(disabled, file, NOW);
    expect(meaning?.syncs[0]?.nextRuns).to.deep.equal([]);
    expect(meaning && meaningText(meaning)).to.contain("(disabled: its schedule does not fire)");
  });
});

describe("sftp-sync list", function () {
  this.timeout(120_000);

  it("has a line for each server, and names files that are not valid", async () => {
    const project = tempFolder();
    copyProject(project, EVERY_COMMAND);
    const write = (name: string, text: string) => {
      mkdirSync(join(project, "servers", "below"), { recursive: true });
      writeFileSync(join(project, "servers", name), text);
    };
    const second = sync({ Name: "b", Enabled: false, RemoteFolders: { Folder: "/b", Recursive: true } });
    write("a.yaml", stringify(definition({ SyncSettings: [sync(), second] })));
    write("below/wrong.yaml", "Name: wrong\n");
    const { how, stdout, stderr } = await outcomeOf("npx", ["sftp-sync", "list"], { cwd: project, env: process.env });
    expect(how).to.equal(2);
    expect(stdout).to.match(/^partner +2 +1 of 2 +At 00:00 +data-lake$/m);
    expect(stderr).to.match(/^Not valid: servers\/below\/wrong\.yaml:1:1 Url: is missing/m);
    expect(stderr).to.match(/and 3 more problems: npx sftp-sync validate servers\/below\/wrong\.yaml$/m);
  });
});
