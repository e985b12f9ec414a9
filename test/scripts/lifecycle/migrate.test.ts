import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { formatProblem } from "../../../config/problems/problem";
import type * as Migrate from "../../../scripts/commands/lifecycle/sample/migrate";
import { outcomeOf } from "../../support/command";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { HOST_KEY, LifecycleProject } from "./project";

const SERVERS = "configuration/sftp";
const PARAMETERS = "configuration/solution_parameters/parameters.json";

/** A server as the sample has it. */
const server = (changes: object = {}): object => ({
  Description: "All that partner one has",
  Name: "Partner_One",
  Schedule: "@hourly",
  Url: "sftp.example.com",
  SecurityPolicyName: "TransferSFTPConnectorSecurityPolicy-2024-03",
  SyncSettings: [
    {
      LocalRepository: { BucketName: "lake", Prefix: "one" },
      RemoteFolders: { Folder: "/out", Recursive: true },
    },
    {
      LocalRepository: { BucketName: "lake", Prefix: "one" },
      RemoteFolders: { Folder: "/prices", Recursive: false },
      Schedule: "",
    },
  ],
  PublicKey: [HOST_KEY],
  ...changes,
});

const parameters = (changes: object = {}): object => ({
  permission_boundary_policy_arn: "",
  powertools_service_name: "partner-feeds",
  powertools_log_level: "DEBUG",
  boto_version: "1.35.47",
  pyawscron_version: "1.0.7",
  additional_tags: { Project: "feeds" },
  ...changes,
});

describe("the configuration of the AWS sample", () => {
  let project: LifecycleProject;
  let module: typeof Migrate;
  let cdktf: string;
  let sample: string;

  before(() => {
    project = new LifecycleProject();
    module = project.load("scripts/commands/lifecycle/sample/migrate.ts");
    cdktf = project.read("cdktf.json");
  });

  beforeEach(() => {
    project.clean();
    project.write("cdktf.json", cdktf);
    sample = `sample-${Math.random().toString(36).slice(2)}`;
  });

  const write = (path: string, content: string | object) => project.write(`${sample}/${path}`, content);

  const migrate = (approve = true, folder = join(project.folder, sample)) =>
    module.migrate({ folder, approve: async () => approve });

  const problemsOf = ({ problems }: Migrate.Migration) =>
    problems.map(formatProblem).map((text) => text.replaceAll(`${join(project.folder, sample)}/`, ""));

  it("becomes definitions and settings", async () => {
    write(`${SERVERS}/one.json`, server());
    write(PARAMETERS, parameters());
    const { written, settings, changes } = await migrate();
    expect(written).to.equal(true);
    const text = project.read("servers/partner-one.yaml");
    expect(text).to.match(/^# yaml-language-server.*\n\nDescription: All that partner one has\nName: partner-one\n/);
    expect(text).to.match(/Folder: \/prices\n {6}Recursive: false\n {4}Schedule: on-demand\n/);
    expect(text).to.match(/Enabled: false\n$/);
    expect(settings).to.deep.equal({
      serviceName: "partner-feeds",
      logLevel: "DEBUG",
      additionalTags: { Project: "feeds" },
    });
    const before = JSON.parse(cdktf);
    expect(JSON.parse(project.read("cdktf.json"))).to.deep.equal({
      ...before,
      context: { ...before.context, ...settings },
    });
    expect(changes.join(" ")).to.contain("Enabled: false");
    expect(
      (await migrate(false, join(project.folder, sample, SERVERS))).problems.map(({ message }) => message),
    ).to.include(`would be ${project.folder}/servers/partner-one.yaml, which is there already`);
  });

  it("is left as it is where nobody agrees", async () => {
    write(`${SERVERS}/one.json`, server());
    expect((await migrate(false)).written).to.equal(false);
    expect(project.files("servers")).to.deep.equal([]);
  });

  it("knows no parameter by a name that every object has", async () => {
    write(`${SERVERS}/one.json`, server());
    write(PARAMETERS, '{"constructor": "x", "__proto__": {"a": 1}}');
    expect(problemsOf(await migrate()).join("\n")).to.match(
      /constructor: is no parameter[\s\S]*__proto__: is no parameter/,
    );
    expect(project.read("cdktf.json")).to.equal(cdktf);
  });

  it("loses no key silently", async () => {
    write(`${SERVERS}/one.json`, server({ Shedule: "@daily" }));
    write(PARAMETERS, parameters({ vpc_id: "vpc-1", powertools_log_level: "CRITICAL" }));
    const migration = await migrate();
    const problems = problemsOf(migration).join("\n");
    expect(migration.written).to.equal(false);
    expect(problems).to.match(/configuration\/sftp\/one\.json:1:\d+ Shedule: .*Schedule/);
    expect(problems).to.match(/parameters\.json:1:\d+ vpc_id: is no parameter of the sample \(allowed: permission/);
    expect(problems).to.match(/parameters\.json:1:\d+ boto_version: warning: has nothing in its place/);
    expect(problems).to.match(/parameters\.json:1:\d+ powertools_log_level: as context\.logLevel: is not one/);
    expect(project.files("servers")).to.deep.equal([]);
    expect(project.read("cdktf.json")).to.equal(cdktf);
  });

  it("takes no setting's place that somebody has set", async () => {
    project.write("cdktf.json", cdktf.replace('"logLevel": "INFO"', '"logLevel": "WARN"'));
    write(`${SERVERS}/one.json`, server());
    write(PARAMETERS, parameters());
    const migration = await migrate();
    expect(migration.settings).not.to.have.property("logLevel");
    expect(problemsOf(migration).join()).to.contain('logLevel is set already (received: "DEBUG"; allowed: "WARN"');
  });

  const refused: readonly [what: string, files: Readonly<Record<string, string | object>>, problem: RegExp][] = [
    ["JSON that is none", { "one.json": "{" }, /sftp\/one\.json/],
    ["a server without host keys", { "one.json": server({ PublicKey: undefined }) }, /one\.json.* PublicKey: /],
    ["a tag that the sample hands to EventBridge", { "one.json": server({ Schedule: "@weekly" }) }, /@weekly/],
    [
      "two servers of one name",
      { "a.json": server(), "b.json": server() },
      /sftp\/b\.json: would be .*as .*a\.json would/,
    ],
    [
      "two servers with one destination",
      { "a.json": server(), "b.json": server({ Name: "two" }) },
      /two\.yaml.*AllowOverlap|overlap|same/,
    ],
  ];
  for (const [what, files, problem] of refused) {
    it(`is not taken with ${what}`, async () => {
      for (const [name, content] of Object.entries(files)) {
        write(`${SERVERS}/${name}`, content);
      }
      const migration = await migrate();
      expect(problemsOf(migration).join("\n")).to.match(problem);
      expect(migration.written).to.equal(false);
      expect(project.files("servers")).to.deep.equal([]);
    });
  }

  it("is read no further than a definition may be long, and not where it has no end", async () => {
    write(`${SERVERS}/one.json`, " ".repeat(256 * 1024 + 1));
    expect((await errorOf(migrate())).message).to.match(/sftp\/one\.json: is too large .*at most 262144 bytes/);
    write(`${SERVERS}/one.json`, server());
    write(PARAMETERS, "");
    const file = join(project.folder, sample, PARAMETERS);
    for (const make of [() => execFileSync("mkfifo", [file]), () => symlinkSync("/dev/zero", file)]) {
      rmSync(file);
      make();
      const { message, name } = await errorOf(migrate());
      expect([name, message.split("/").at(-1)]).to.deep.equal([
        "UserError",
        "parameters.json: is no file, but a pipe, a device or the like",
      ]);
    }
    expect(project.files("servers")).to.deep.equal([]);
  });

  it("is told with names of files that a terminal shows, and obeys in nothing", async () => {
    write(`${SERVERS}/a\n::error::forged \u001b[2J.json`, server());
    const args = ["scripts/sftp-sync.mjs", "migrate", sample, "--dry-run"];
    const { how, stdout } = await outcomeOf(process.execPath, args, { cwd: project.folder, env: process.env });
    expect(how).to.equal(0);
    expect(stdout)
      .to.contain("- servers/partner-one.yaml, from ")
      .and.contain("sftp/a\\u000a::error::forged \\u001b[2J.json\n");
  });

  it("has to be there", async () => {
    const error = await errorOf(migrate(true, join(tempFolder(), "nowhere")));
    expect(error.message).to.contain("nowhere is no folder");
    expect((await errorOf(migrate(true, tempFolder()))).message).to.contain("There is no server's file in");
  });
});
