import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect } from "chai";
import { loadDefinitionFiles, loadDefinitions } from "../../config/load-definitions";
import { formatProblem } from "../../config/problems/problem";
import { tempFolder } from "../support/temp-folder";
import { definition, folderSync, load, summary, sync } from "./support";

const NOTHING = { definitions: [], files: new Map(), found: [], problems: [] };

const SERVERS = join(__dirname, "../../servers");

describe("the folder of definitions", () => {
  it("finds none in a folder that does not exist", async () => {
    expect(await loadDefinitions("/does/not/exist")).to.deep.equal(NOTHING);
  });

  it("finds none in what a fresh clone has: the example does not deploy", async () => {
    const shipped = ["example.yaml", "server.schema.json"].map((name) => [name, readFileSync(join(SERVERS, name))]);
    expect(await load(Object.fromEntries(shipped))).to.deep.equal(NOTHING);
  });

  for (const name of [
    "$(touch owned).yaml",
    "a`b`.yaml",
    "a\n::error::b.yaml",
    "a\u001b[2J.yaml",
    "a\u202eb.yaml",
    "a;b.yaml",
  ]) {
    it(`refuses a file called ${JSON.stringify(name)}, whose name others could take for a command`, async () => {
      const loaded = await load({ [name]: definition() });
      expect(loaded.definitions).to.deep.equal([]);
      expect(loaded.problems.map(({ message }) => message)).to.deep.equal([
        "has a name with characters that shells or terminals may take for commands",
      ]);
    });
  }

  it("takes names of other languages", async () => {
    expect((await load({ "Händler 東.yaml": definition() })).problems).to.deep.equal([]);
  });

  it("reads the folders below too, but for hidden ones", async () => {
    const named = (Name: string) => definition({ Name, SyncSettings: [folderSync("/data", Name)] });
    const { definitions, problems } = await load({
      "team-b/one.yaml": named("one"),
      "team-a/deep/two.json": named("two"),
      "three.yaml": named("three"),
      // Only the shipped one is no definition.
      "team-a/example.yaml": named("four"),
      ".github/five.yaml": named("five"),
    });
    expect(problems).to.deep.equal([]);
    expect(definitions.map(({ name }) => name)).to.deep.equal(["two", "four", "one", "three"]);
  });

  it("holds definitions of different folders against each other", async () => {
    const text = definition({ Name: "one" });
    expect(summary(await load({ "a/one.yaml": text, "b/one.yaml": text })).join("\n")).to.include("Name: ");
  });

  it("is not read where it is a link out of the project, to what no review shows", async () => {
    const [project, elsewhere] = [tempFolder(), tempFolder()];
    writeFileSync(join(elsewhere, "one.yaml"), JSON.stringify(definition()));
    const folder = join(project, "servers");
    symlinkSync(elsewhere, folder);
    const { definitions, problems } = await loadDefinitions(folder);
    expect(definitions).to.deep.equal([]);
    expect(problems.map(formatProblem)).to.deep.equal([
      `${folder}: is a link to a folder outside of the project: put the folder here`,
    ]);
  });

  it("may be a link within the project", async () => {
    const project = tempFolder();
    mkdirSync(join(project, "definitions"));
    writeFileSync(join(project, "definitions", "one.yaml"), JSON.stringify(definition()));
    symlinkSync("definitions", join(project, "servers"));
    expect((await loadDefinitions(join(project, "servers"))).definitions).to.have.lengthOf(1);
  });

  it("follows no link out of the project", async () => {
    const dir = tempFolder();
    const elsewhere = join(tempFolder(), "one.yaml");
    writeFileSync(elsewhere, "Url: hunter2\n");
    mkdirSync(join(dir, "servers", "team"), { recursive: true });
    symlinkSync(elsewhere, join(dir, "servers", "team", "one.yaml"));
    const { problems } = await loadDefinitions(join(dir, "servers"));
    expect(problems.map(formatProblem)).to.deep.equal([
      `${dir}/servers/team/one.yaml: is a link to a file outside of the project: put the file here`,
    ]);
  });

  it("reads nothing among packages, built files and data, by a link or without", async () => {
    const dir = tempFolder();
    for (const folder of [
      "servers",
      "servers/node_modules",
      ".local/data",
      "node_modules/one",
      "dist",
      "cdktf.out-test",
    ]) {
      mkdirSync(join(dir, folder), { recursive: true });
      writeFileSync(join(dir, folder, "a.yaml"), JSON.stringify(definition()));
    }
    const targets = [".local/data/a.yaml", "node_modules/one/a.yaml", "dist/a.yaml", "cdktf.out-test/a.yaml"];
    for (const [index, target] of targets.entries()) {
      symlinkSync(join("..", target), join(dir, "servers", `link-${index}.yaml`));
    }
    const { definitions, problems } = await loadDefinitions(join(dir, "servers"));
    expect(definitions).to.have.lengthOf(1);
    expect(problems.map(({ file }) => relative(dir, file)).sort()).to.deep.equal([
      ...targets.map((_, index) => `servers/link-${index}.yaml`),
      "servers/node_modules/a.yaml",
    ]);
    expect(problems[0]?.message).to.include("which no review shows");
  });

  it("follows a link to a file, and refuses one to a folder or to nowhere", async () => {
    const dir = tempFolder();
    mkdirSync(join(dir, "elsewhere"));
    mkdirSync(join(dir, "servers"));
    writeFileSync(join(dir, "elsewhere", "one.yaml"), JSON.stringify(definition({ Name: "one" })));
    symlinkSync("../elsewhere", join(dir, "servers", "linked"));
    symlinkSync("../elsewhere/one.yaml", join(dir, "servers", "one.yaml"));
    symlinkSync("../elsewhere/gone.yaml", join(dir, "servers", "two.yaml"));
    const { definitions, problems } = await loadDefinitions(join(dir, "servers"));
    expect(definitions.map(({ name }) => name)).to.deep.equal(["one"]);
    expect(problems.map(formatProblem)).to.deep.equal([
      `${dir}/servers/linked: is a link to a folder, which is not followed: put the files here`,
      `${dir}/servers/two.yaml: cannot be read: no such file`,
    ]);
  });

  it("does not wait for what is no file", async () => {
    const dir = tempFolder();
    mkdirSync(join(dir, "servers"));
    execFileSync("mkfifo", [join(dir, "pipe"), join(dir, "servers", "one.yaml")]);
    symlinkSync("../pipe", join(dir, "servers", "two.yaml"));
    const { problems } = await loadDefinitions(join(dir, "servers"));
    expect(problems.map(formatProblem)).to.deep.equal(
      ["one", "two"].map((name) => `${dir}/servers/${name}.yaml: is no file, but a pipe, a device or the like`),
    );
  });

  it("reads yaml, yml and json by name, and nothing else", async () => {
    const named = (Name: string, Prefix: string) => definition({ Name, SyncSettings: [folderSync("/data", Prefix)] });
    const { definitions, problems } = await load({
      "c.yaml": named("one", "1"),
      "b.yml": named("two", "2"),
      "a.json": named("three", "3"),
      "d.YAML": named("four", "4"),
      "notes.txt": "hello",
      ".hidden.yaml": "hello",
      "example.yaml": "hello",
      "server.schema.json": "{}",
    });
    expect(problems).to.deep.equal([]);
    expect(definitions.map(({ name }) => name)).to.deep.equal(["three", "two", "one", "four"]);
  });

  it("refuses what could hide changes of definitions from reviewers, and still reads the definitions", async () => {
    const { definitions, problems } = await load({
      "team/.gitattributes": "*.yaml -diff\n",
      "team/one.yaml": definition(),
      ".hidden/.gitattributes": "* -diff\n",
    });
    expect(definitions).to.have.lengthOf(1);
    expect(problems.map(formatProblem)).to.deep.equal([
      "team/.gitattributes: could hide from reviewers what changes in definitions, or show them another text than the one that is read (allowed: .gitattributes in the project's root alone)",
    ]);
  });

  const padded = (bytes: number) => {
    const text = JSON.stringify(definition());
    return text + " ".repeat(bytes - text.length);
  };

  it("reads a file of 256 KiB, and refuses a larger one before it is looked at", async () => {
    expect((await load({ "a.yaml": padded(262_144) })).definitions).to.have.lengthOf(1);
    // Not even YAML.
    const { problems } = await load({ "a.yaml": `[${"x".repeat(262_144)}` });
    expect(problems.map(formatProblem)).to.deep.equal([
      "a.yaml: is too large for a definition (received: 262145 bytes; allowed: at most 262144 bytes (256 KiB))",
    ]);
  });

  it("reads no more than that of what has no end", async () => {
    const { problems } = await loadDefinitionFiles(["/dev/zero"]);
    expect(problems.map(({ message, received }) => `${message}: ${received}`)).to.deep.equal([
      "is too large for a definition: more than 262144 bytes",
    ]);
  });

  it("shows the first 100 problems of a file, errors before warnings, and says how many more there are", async () => {
    const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, 1]));
    const lines = async (content: unknown) => (await load({ "a.json": content, "b.json": { Name: "b" } })).problems;
    expect((await lines({ ...definition(), ...keys(100) })).filter(({ file }) => file === "a.json")).to.have.lengthOf(
      100,
    );
    const problems = await lines({ ...definition({ Url: "sftp://host" }), ...keys(123) });
    const ofA = problems.filter(({ file }) => file === "a.json");
    expect(ofA).to.have.lengthOf(101);
    expect(ofA.slice(0, 100).every(({ severity }) => severity === "error")).to.equal(true);
    expect(ofA.at(-1)).to.deep.include({ severity: "error", message: "24 more problems are not shown" });
    expect(problems.some(({ file }) => file === "b.json")).to.equal(true);
  });

  it("leaves a definition valid of which only warnings are not shown", async () => {
    const Include = Array.from({ length: 130 }, (_, i) => `{x${i}}`);
    const RemoteFolders = { Folder: "/data", Recursive: false, Include };
    const { definitions, problems } = await load({ "a.json": definition({ SyncSettings: [sync({ RemoteFolders })] }) });
    expect(definitions).to.have.lengthOf(1);
    expect(problems.at(-1)).to.deep.include({ severity: "warning", message: "30 more problems are not shown" });
  });
});
