import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import {
  deployedTo,
  ENVIRONMENT_VARIABLE,
  readInstallation,
  readInstallations,
} from "../../../config/installation/installation";
import { problemsInEnvironments } from "../../../config/installation/problems-in-environments";
import { serverNames } from "../../../config/naming/aws-names";
import { formatProblem } from "../../../config/problems/problem";
import { testServer } from "../../stacks/support";
import { tempFolder } from "../../support/temp-folder";
import { definition, folderSync, load } from "../support";

const REGION_OF_ITS_OWN = { settings: { region: "eu-west-1" } };
const CLOUD = { organization: "acme", workspacePrefix: "sftp-" };

interface Project {
  readonly context?: object;
  /** By name; texts stand as they are. */
  readonly environments?: Readonly<Record<string, object | string>>;
}

function write({ context = {}, environments }: Project): string {
  const root = tempFolder();
  const base = { region: "eu-central-1", ...context };
  writeFileSync(join(root, "cdktf.json"), JSON.stringify({ app: "x", context: base }));
  if (environments !== undefined) {
    mkdirSync(join(root, "environments"));
    for (const [one, content] of Object.entries(environments)) {
      const text = typeof content === "string" ? content : JSON.stringify(content);
      writeFileSync(join(root, "environments", `${one}.json`), text);
    }
  }
  return root;
}

async function read(name: string | undefined, project: Project, handedOver?: object) {
  const root = write(project);
  const env = {
    ...(name === undefined ? {} : { [ENVIRONMENT_VARIABLE]: name }),
    ...(handedOver === undefined ? {} : { CDKTF_CONTEXT_JSON: JSON.stringify(handedOver) }),
  };
  const { problems, ...rest } = await readInstallation({ root, env });
  return { ...rest, problems: problems.map(formatProblem) };
}

describe("readInstallation", () => {
  it("reads cdktf.json alone where no environment is named", async () => {
    const environments = { stage: "not even JSON" };
    const { settings, environment, problems } = await read(undefined, { environments });
    expect(problems).to.deep.equal([]);
    expect(environment).to.equal(undefined);
    expect(settings).to.include({ region: "eu-central-1" }).and.not.have.property("environment");
    expect((await read("", {})).settings).to.deep.equal(settings);
  });

  it("does not wait for an environment that is no file", async () => {
    const root = write({ environments: {} });
    execFileSync("mkfifo", [join(root, "environments", "stage.json")]);
    const { problems } = await readInstallation({ root, env: { [ENVIRONMENT_VARIABLE]: "stage" } });
    expect(problems.map(formatProblem)).to.deep.equal([
      "environments/stage.json: is no file, but a pipe, a device or the like",
    ]);
  });

  it("puts an environment's settings in the place of those in cdktf.json, and merges maps", async () => {
    const context = { additionalTags: { Owner: "feeds", Stage: "prod" }, notificationEmails: ["a@example.com"] };
    const stage = { settings: { region: "eu-west-1", additionalTags: { Stage: "stage" }, notificationEmails: [] } };
    const { settings, problems } = await read("stage", { context, environments: { stage } });
    expect(problems).to.deep.equal([]);
    expect(settings).to.deep.include({
      environment: "stage",
      region: "eu-west-1",
      additionalTags: { Owner: "feeds", Stage: "stage" },
      notificationEmails: [],
    });
  });

  it("does the same with the context that the cdktf command hands over", async () => {
    const environments = { stage: { settings: { logLevel: "DEBUG" } } };
    const { settings } = await read("stage", { environments }, { region: "us-east-2", cdktfVersion: "0" });
    expect(settings).to.include({ region: "us-east-2", logLevel: "DEBUG" });
  });

  const wrong: readonly (readonly [what: string, name: string, project: Project, problem: RegExp])[] = [
    [
      "an environment that is not there",
      "stag",
      { environments: { stage: {}, prod: {} } },
      /^SFTP_SYNC_ENVIRONMENT: there is no such environment; did you mean stage\? \(received: stag; allowed: prod, stage\)$/,
    ],
    ["one where there are none", "stage", {}, /allowed: none yet: a file environments\/NAME\.json/],
    ["a name that leaves the folder", "../cdktf", { environments: { stage: {} } }, /there is no such environment/],
    ["a file that is no JSON", "stage", { environments: { stage: "{" } }, /^environments\/stage\.json:1:\d+: YAML: /],
    [
      "an unknown key",
      "stage",
      { environments: { stage: { server: ["a"] } } },
      /^environments\/stage\.json:1:2 server: .*did you mean servers\?/,
    ],
    [
      "a bucket's name that S3 would not take",
      "stage",
      { environments: { stage: { buckets: { lake: "Lake" } } } },
      /^environments\/stage\.json:1:\d+ buckets\.lake: is not valid \(received: "?Lake"?; allowed: a bucket's name\)$/,
    ],
    [
      "a wrong setting, where it stands",
      "stage",
      { environments: { stage: '{\n  "settings": {\n    "logLevel": "LOUD"\n  }\n}' } },
      /^environments\/stage\.json:3:17 settings\.logLevel: /,
    ],
    [
      "a wrong setting of cdktf.json, where it stands",
      "stage",
      { context: { logLevel: "LOUD" }, environments: { stage: {} } },
      /^cdktf\.json:1:\d+ context\.logLevel: /,
    ],
    [
      "the workspaces of another environment",
      "stage",
      {
        environments: {
          stage: { settings: { region: "eu-west-1", terraformCloud: CLOUD } },
          prod: { settings: { terraformCloud: CLOUD } },
        },
      },
      /^environments\/stage\.json:1:\d+ settings\.terraformCloud\.workspacePrefix: would keep its states in the workspaces of environments\/prod\.json/,
    ],
    [
      "the workspaces of cdktf.json",
      "stage",
      { context: { terraformCloud: CLOUD }, environments: { stage: { settings: { region: "eu-west-1" } } } },
      /^environments\/stage\.json:\d+:\d+ settings\.terraformCloud\.workspacePrefix: would keep .* of cdktf\.json/,
    ],
    [
      "the folder of states in which those of cdktf.json lie",
      "stage",
      {
        context: { s3Backend: { bucket: "states", keyPrefix: "sftp-sync/stage/" } },
        environments: { stage: { settings: { region: "eu-west-1", s3Backend: { keyPrefix: "sftp-sync/" } } } },
      },
      /^environments\/stage\.json:1:\d+ settings\.s3Backend\.keyPrefix: would keep its states in place of those of cdktf\.json/,
    ],
  ];
  for (const [what, name, project, problem] of wrong) {
    it(`refuses ${what}`, async () => {
      const { problems, settings } = await read(name, project);
      expect(problems).to.have.lengthOf(1);
      expect(problems[0]).to.match(problem);
      expect(settings).to.equal(undefined);
    });
  }

  for (const [what, stage, prod] of [
    ["the usual host, named or not", { ...CLOUD, hostname: "app.terraform.io" }, CLOUD],
    ["the same organization in other letters", { ...CLOUD, organization: "Acme" }, CLOUD],
    ["a prefix that goes on as a server's name may", { ...CLOUD, workspacePrefix: "sftp-server-" }, CLOUD],
  ] as const) {
    it(`refuses the workspaces of another environment: ${what}`, async () => {
      const environments = {
        stage: { settings: { region: "eu-west-1", terraformCloud: stage } },
        prod: { settings: { terraformCloud: prod } },
      };
      const { problems, settings } = await read("stage", { environments });
      expect(problems.join("\n")).to.match(
        /workspacePrefix: would keep its states in the workspaces of environments\/prod/,
      );
      expect(settings).to.equal(undefined);
    });
  }

  it("takes the folder of states that lies in that of cdktf.json, and another bucket", async () => {
    const context = { s3Backend: { bucket: "states", keyPrefix: "stage/" } };
    for (const s3Backend of [{}, { bucket: "other-states", keyPrefix: "" }]) {
      const stage = { settings: { region: "eu-west-1", s3Backend } };
      expect((await read("stage", { context, environments: { stage } })).problems).to.deep.equal([]);
    }
  });

  it("takes prefixes that no server's name makes the same", async () => {
    const stage = { settings: { region: "eu-west-1", terraformCloud: { ...CLOUD, workspacePrefix: "sftp-stage-" } } };
    const { problems } = await read("stage", { context: { terraformCloud: CLOUD }, environments: { stage } });
    expect(problems).to.deep.equal([]);
  });

  it("warns of a namePrefix that begins another in the same Region", async () => {
    const environments = {
      stage: { settings: { namePrefix: "feeds-stage" } },
      prod: { settings: { namePrefix: "feeds" } },
    };
    expect((await read("stage", { environments })).problems.join()).to.match(
      /namePrefix: warning: gives things the names/,
    );
  });

  it("knows the buckets of all states, whichever environment is named", async () => {
    const project = {
      context: { s3Backend: { bucket: "states-a" } },
      environments: { stage: { settings: { s3Backend: { bucket: "states-b" } } }, broken: "{" },
    };
    for (const name of [undefined, "stage"]) {
      const { settings } = await read(name, project);
      expect(settings?.stateBuckets).to.deep.equal(["states-a", "states-b"]);
    }
  });

  it("warns of another environment with the same names in the same Region, unless the accounts differ", async () => {
    const settings = (account?: string) => ({ settings: account === undefined ? {} : { account } });
    const problems = async (stage?: string, prod?: string) =>
      (await read("stage", { environments: { stage: settings(stage), prod: settings(prod) } })).problems;
    expect(await problems()).to.have.lengthOf(1);
    expect((await problems())[0]).to.match(
      /settings\.namePrefix: warning: gives things the names that environments\/prod\.json/,
    );
    expect(await problems("111122223333")).to.have.lengthOf(1);
    expect(await problems("111122223333", "111122223333")).to.have.lengthOf(1);
    expect(await problems("111122223333", "444455556666")).to.deep.equal([]);
  });
});

describe("an environment's file", () => {
  it("is not read where a link leads out of the project, to what no review shows", async () => {
    const elsewhere = write({ environments: { stage: {} } });
    const root = write({ environments: {} });
    symlinkSync(join(elsewhere, "environments", "stage.json"), join(root, "environments", "stage.json"));
    const linked = write({});
    symlinkSync(join(elsewhere, "environments"), join(linked, "environments"));
    for (const place of [root, linked]) {
      const { settings, problems } = await readInstallation({ root: place, env: { [ENVIRONMENT_VARIABLE]: "stage" } });
      expect(settings).to.equal(undefined);
      expect(problems.map(formatProblem)).to.deep.equal([
        "environments/stage.json: is a link to a file outside of the project, or in a folder that is: put the file here",
      ]);
    }
  });
});

describe("readInstallations", () => {
  it("reads cdktf.json alone and every environment, each as it is read by its name", async () => {
    const environments = { prod: {}, stage: { settings: { region: "eu-west-1" } } };
    const all = await readInstallations({ root: write({ environments }), env: {} });
    expect(all.map(({ environment, settings }) => [environment?.name, settings?.region])).to.deep.equal([
      [undefined, "eu-central-1"],
      ["prod", "eu-central-1"],
      ["stage", "eu-west-1"],
    ]);
    expect(all[2]?.settings).to.deep.equal((await read("stage", { environments })).settings);
  });

  it("is cdktf.json alone where there is no environment", async () => {
    expect(await readInstallations({ root: write({}), env: {} })).to.have.lengthOf(1);
  });

  it("has a problem for a file that cannot be read", async () => {
    const root = write({ environments: {} });
    mkdirSync(join(root, "environments", "folder.json"));
    const [, folder] = await readInstallations({ root, env: {} });
    expect(folder?.problems.map(formatProblem)).to.deep.equal([
      "environments/folder.json: cannot be read: it is a folder",
    ]);
  });
});

describe("problemsInEnvironments", () => {
  const ONE_FILE = { "one.yaml": definition({ SyncSettings: [folderSync("/data", "one")] }) };

  async function problems(project: Project, files: Parameters<typeof load>[0] = ONE_FILE) {
    const [alone, ...environments] = await readInstallations({ root: write(project), env: {} });
    const limits = alone.settings ?? {};
    const { problems: ofFiles, definitions } = await load(files, limits);
    const own = [...alone.problems, ...ofFiles];
    let loaded = 0;
    const found = await problemsInEnvironments(environments, { limits, problems: own, definitions }, (of) => {
      loaded++;
      return load(files, of);
    });
    return { loaded, found: found.map(formatProblem) };
  }

  it("tells an environment that is broken, and one that is too strict for a definition", async () => {
    const strict = { settings: { region: "eu-west-1", targetBuckets: [{ allow: ["other"] }] } };
    const { found } = await problems({ environments: { broken: "{", strict } });
    expect(found).to.have.lengthOf(3);
    expect(found[0]).to.match(/^environments\/broken\.json:1:\d+: YAML: /);
    expect(found[1]).to.equal(
      "environments/broken.json: is not compared with the other environments, whose states or names it may share (allowed: a valid file; then validate again)",
    );
    expect(found[2]).to.match(/^one\.yaml:\d+:\d+ .*BucketName: in the environment strict: targetBuckets .*data-lake/);
  });

  it("tells that two give things the same names, which one sees nowhere else before both are deployed", async () => {
    const environments = {
      stage: { settings: { namePrefix: "feeds-stage" } },
      prod: { settings: { namePrefix: "feeds" } },
    };
    const { found } = await problems({ environments });
    expect(found.join("\n"))
      .to.match(/^environments\/stage\.json:\d+:\d+ settings\.namePrefix: warning: gives things the names/m)
      .and.match(/^environments\/prod\.json:\d+:\d+ settings\.namePrefix: warning: gives things the names/m);
  });

  it("tells that an environment's namePrefix would shorten the names of two servers to the same", async () => {
    const long = "payments-of-the-bank-of-the-north-and-of-the-south";
    const namePrefix = "sftp-synchronisation";
    const group = serverNames({ namePrefix, region: "eu-west-1" }, long).scheduleGroup;
    const server = (Name: string, prefix: string) => definition({ Name, SyncSettings: [folderSync("/data", prefix)] });
    const files = { "a.yaml": server(long, "a"), "b.yaml": server(group.replace(`${namePrefix}-`, ""), "b") };
    const { found } = await problems(
      { environments: { long: { settings: { namePrefix, region: "eu-west-1" } } } },
      files,
    );
    expect(found).to.have.lengthOf(1);
    expect(found[0]).to.match(
      /^b\.yaml:\d+:\d+ Name: in the environment long: gives AWS the name of the schedule group /,
    );
  });

  it("tells what is wrong in cdktf.json once, and loads nothing again for the same limits", async () => {
    const alike = {
      a: { ...REGION_OF_ITS_OWN, servers: ["nobody"] },
      b: { settings: { region: "eu-west-2" } },
    };
    expect(await problems({ environments: alike })).to.deep.equal({ loaded: 0, found: [] });
    expect(await problems({ context: { logLevel: "LOUD" }, environments: alike })).to.deep.equal({
      loaded: 0,
      found: [],
    });
  });
});

describe("warnings of definitions in an environment", () => {
  const sync = (BucketName: string) =>
    folderSync("/in\u00a0x", "", { AllowOverlap: true, LocalRepository: { BucketName, Prefix: "" } });
  const overlap = (one: string, other: string) => ({
    "a.yaml": definition({ Name: "a", SyncSettings: [sync(one)] }),
    "b.yaml": definition({ Name: "b", SyncSettings: [sync(other)] }),
  });

  async function warned(files: Parameters<typeof load>[0], buckets: Record<string, string>) {
    const [alone, ...others] = await readInstallations({
      root: write({ environments: { dev: { buckets } } }),
      env: {},
    });
    const limits = alone.settings ?? {};
    const loaded = await load(files, limits);
    return (await problemsInEnvironments(others, { ...loaded, limits }, (of) => load(files, of))).map(formatProblem);
  }

  it("are told where another one at their place is known already", async () => {
    const found = await warned(overlap("lake-a", "lake-b"), { "lake-a": "dev-lake", "lake-b": "dev-lake" });
    expect(found).to.have.lengthOf(1);
    expect(found[0]).to.match(/^b\.yaml:.* in the environment dev: writes to s3:\/\/dev-lake\/in/);
  });

  it("are told once where only the bucket has another name there", async () => {
    expect(await warned(overlap("lake", "lake"), { lake: "dev-lake" })).to.deep.equal([]);
  });
});

describe("the buckets of two environments", () => {
  const files = {
    "one.yaml": definition({ Name: "one", SyncSettings: [folderSync("/data", "one")] }),
    "two.yaml": definition({
      Name: "two",
      SyncSettings: [folderSync("/data", "two", { LocalRepository: { BucketName: "raw", Prefix: "two" } })],
    }),
  };

  async function warnings(environments: NonNullable<Project["environments"]>) {
    const [alone, ...others] = await readInstallations({ root: write({ environments }), env: {} });
    const loaded = await load(files, alone.settings);
    const limits = alone.settings ?? {};
    const found = await problemsInEnvironments(others, { ...loaded, limits }, (of) => load(files, of));
    return found.map(formatProblem);
  }

  it("are to be two: warns, and says what to do", async () => {
    const stage = '{\n  "buckets": { "raw": "raw-stage" },\n  "settings": { "region": "eu-west-1" }\n}';
    expect(await warnings({ prod: {}, stage })).to.deep.equal([
      'environments/stage.json:2:14 buckets: warning: its servers write to a bucket of environments/prod.json as well, and each may overwrite what the other writes (received: data-lake; allowed: { "data-lake": "ANOTHER-BUCKET" } in one of them, { "data-lake": "data-lake" } in both where they are to share it, or account in both where the accounts differ)',
    ]);
  });

  it("may be one that an entry brings two buckets to", async () => {
    const prod = { buckets: { "data-lake": "lake", raw: "lake" } };
    const stage = { ...REGION_OF_ITS_OWN, servers: ["two"], buckets: { raw: "data-lake" } };
    const trial = { ...REGION_OF_ITS_OWN, servers: ["one"] };
    expect((await warnings({ prod, stage, trial })).join("\n")).to.match(
      /^environments\/trial\.json:1:1 buckets: warning: .* environments\/stage\.json as well.*\(received: data-lake;/m,
    );
  });

  for (const [what, prod, stage] of [
    [
      "others by their names there",
      {},
      { ...REGION_OF_ITS_OWN, buckets: { "data-lake": "lake-stage", raw: "raw-stage" } },
    ],
    [
      "in two accounts",
      { settings: { account: "111122223333" } },
      { settings: { account: "444455556666", region: "eu-west-1" } },
    ],
    ["those of other servers", { servers: ["one"] }, { ...REGION_OF_ITS_OWN, servers: ["two"] }],
    [
      "shared on purpose",
      { buckets: { "data-lake": "data-lake", raw: "raw" } },
      { ...REGION_OF_ITS_OWN, buckets: { "data-lake": "data-lake", raw: "raw" } },
    ],
  ] as const) {
    it(`may be ${what}`, async () => {
      expect(await warnings({ prod, stage })).to.deep.equal([]);
    });
  }
});

describe("a file in environments/", () => {
  for (const name of ["Stage.json", "stage.yaml", "stage-.json", "stage.json.bak"]) {
    it(`is told where its name can be no environment's: ${name}`, async () => {
      const root = write({ environments: { prod: {} } });
      writeFileSync(join(root, "environments", name), "{}");
      const found = (await readInstallations({ root, env: {} })).flatMap(({ problems }) => problems);
      expect(found.map(formatProblem)).to.deep.equal([
        `environments/${name}: is no environment: its name cannot be one's (received: ${name}; allowed: environments/NAME.json, where NAME has 1 to 32 of a-z, 0-9 and -, no - at its ends; or notes that end with .md)`,
      ]);
    });
  }

  it("may be hidden, or for people", async () => {
    const root = write({ environments: { prod: {} } });
    for (const name of ["README.md", ".gitkeep"]) {
      writeFileSync(join(root, "environments", name), "");
    }
    const found = (await readInstallations({ root, env: {} })).flatMap(({ problems }) => problems);
    expect(found).to.deep.equal([]);
  });

  it("that is not valid is told to the others, which are not compared with it", async () => {
    const { problems, settings } = await read("stage", { environments: { stage: REGION_OF_ITS_OWN, prod: "{" } });
    expect(problems).to.deep.equal([
      "environments/stage.json: warning: is not compared with environments/prod.json, which is not valid (allowed: a valid environments/prod.json)",
    ]);
    expect(settings).to.include({ region: "eu-west-1" });
  });
});

describe("deployedTo", () => {
  const definitions = ["partner-a", "partner-b", "other"].map((name) => testServer(name));

  it("is everything without an environment, and without servers in its file", async () => {
    const { environment } = await read("stage", { environments: { stage: {} } });
    expect(deployedTo(undefined, definitions)).to.deep.equal({ definitions, problems: [] });
    expect(deployedTo(environment, definitions)).to.deep.equal({ definitions, problems: [] });
  });

  it("is what the patterns take, with a warning for one that takes nothing", async () => {
    const stage = { servers: ["partner-*", "nobody"] };
    const { environment } = await read("stage", { environments: { stage } });
    const { definitions: found, problems } = deployedTo(environment, definitions);
    expect(found.map(({ name }) => name)).to.deep.equal(["partner-a", "partner-b"]);
    expect(problems.map(formatProblem)).to.deep.equal([
      "environments/stage.json servers: warning: names no server of a valid definition (received: nobody)",
    ]);
  });
});
