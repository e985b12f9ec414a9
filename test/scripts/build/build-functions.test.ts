import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { strFromU8, unzipSync } from "fflate";
import { BuildError } from "../../../scripts/build/build-error";
import { buildFunctions } from "../../../scripts/build/build-functions";
import { filesBelow } from "../../support/files-below";

const ROOT = resolve(__dirname, "../../..");

/** The functions by their zips. */
const ZIPS = {
  run: ["finish-run", "get-list-status", "remote-folders-list", "sync-remote-folder"],
  shared: ["record-listing-failure", "set-connector-concurrency"],
} as const;

/** Bytes of all zips together. An upload of a server's stack is mostly its zip. */
const MOST_BYTES = 450_000;

const sha256 = (file: string) => createHash("sha256").update(readFileSync(file)).digest("base64");

describe("buildFunctions", function () {
  this.timeout(180_000);
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "build-functions-"));
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Functions of one file each, below a root of their own. */
  function sources(files: Record<string, string>): string {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(dir, "functions", path, ".."), { recursive: true });
      writeFileSync(join(dir, "functions", path), text);
    }
    return dir;
  }

  /** Builds in a process of its own, as another machine would: other folder, time zone and moment. */
  function buildElsewhere(root: string, timeZone: string): void {
    const script = join(root, "scripts", "build", "build-functions.ts");
    const tsx = join(ROOT, "node_modules", "tsx", "dist", "cli.mjs");
    execFileSync(process.execPath, [tsx, script], { cwd: root, env: { ...process.env, TZ: timeZone } });
  }

  it("gives the same bytes in another folder, another time zone and at another time", async () => {
    const here = await buildFunctions({ root: ROOT, outDir: join(dir, "here") });
    const copy = join(dir, "deeply", "nested copy");
    for (const part of ["functions", "engine", "contract", "config", "scripts"]) {
      cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    }
    cpSync(join(ROOT, "package.json"), join(copy, "package.json"));
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    const builds = ["Pacific/Kiritimati", "America/Los_Angeles"].map((timeZone) => {
      buildElsewhere(copy, timeZone);
      return here.map(({ name }) => sha256(join(copy, "dist", "functions", `${name}.zip`)));
    });
    const expected = here.map((built) => built.sha256);
    expect(expected).to.have.lengthOf(Object.keys(ZIPS).length);
    expect(builds).to.deep.equal([expected, expected]);
  });

  it("builds every function of the project: a module that exports handler, in a zip with those it is deployed with", async () => {
    const outDir = join(dir, "out");
    const built = await buildFunctions({ root: ROOT, outDir });
    expect(built.map(({ name }) => name)).to.deep.equal(Object.keys(ZIPS));
    expect(built.reduce((sum, { bytes }) => sum + bytes, 0)).to.be.below(MOST_BYTES);
    for (const { name, zip, bytes, sha256: hash } of built) {
      expect(bytes, name).to.equal(statSync(zip).size);
      expect(hash, name).to.equal(sha256(zip));
      const files = unzipSync(readFileSync(zip));
      for (const [file, contents] of Object.entries(files)) {
        expect(Buffer.from(contents).equals(readFileSync(join(outDir, name, file))), file).to.equal(true);
      }
      expect(files, name).to.include.keys("THIRD-PARTY-NOTICES");
    }
    for (const [zip, functions] of Object.entries(ZIPS)) {
      const files = readdirSync(join(outDir, zip)).filter((file) => /^(?!chunk-).*\.mjs$/.test(file));
      expect(files, zip).to.deep.equal(functions.map((name) => `${name}.mjs`));
      for (const file of files) {
        const loaded: unknown = await import(pathToFileURL(join(outDir, zip, file)).href);
        expect(loaded, file).to.have.property("handler").that.is.a("function");
      }
    }
  });

  it("puts what functions share into the zip once, and nothing that none of them can load", async () => {
    const root = sources({
      "all/data.ts": 'export const data = "shared by both";',
      "all/never.ts": 'export const never = "never loaded";',
      "all/lazy.ts": 'export const lazy = "loaded later"; export const load = () => import("./never");',
      "all/one/handler.ts":
        'import { data } from "../data"; export const handler = async () => [data, (await import("../lazy")).lazy];',
      "all/two/handler.ts": 'import { data } from "../data"; import "../lazy"; export const handler = () => data;',
    });
    const [built] = await buildFunctions({ root, outDir: join(dir, "out") });
    const texts = Object.values(unzipSync(readFileSync(built?.zip ?? ""))).map((file) => strFromU8(file));
    const having = (text: string) => texts.filter((file) => file.includes(text));
    expect(having("shared by both")).to.have.lengthOf(1);
    expect(having("loaded later")).to.have.lengthOf(1);
    const one: { handler(): Promise<unknown> } = await import(pathToFileURL(join(dir, "out", "all", "one.mjs")).href);
    expect(await one.handler()).to.deep.equal(["shared by both", "loaded later"]);
  });

  it("leaves the SDK's providers of credentials out that Lambda has no use for", async () => {
    const built = await buildFunctions({ root: ROOT, outDir: join(dir, "out") });
    const packages = new Set(built.flatMap((zip) => zip.packages.map(({ name }) => name)));
    expect([...packages]).to.include.members(["@aws-sdk/credential-provider-env", "@aws-sdk/client-s3"]);
    expect([...packages]).not.to.include.members(["@aws-sdk/credential-provider-node"]);
    expect([...packages]).not.to.include.members(["@aws-sdk/nested-clients"]);
  });

  it("makes the file in a zip readable to everybody, as Lambda needs it, and as old on every machine", async () => {
    const [built] = await buildFunctions({ root: ROOT, outDir: join(dir, "out") });
    const bytes = readFileSync(built?.zip ?? "");
    // A record of the central directory (.ZIP File Format Specification, 4.3.12).
    const record = bytes.subarray(bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])));
    expect(record.readUInt8(5), "made on Unix").to.equal(3);
    expect(record.readUInt32LE(38) >>> 16, "mode").to.equal(0o100644);
    expect(record.readUInt16LE(14), "1980-01-01").to.equal((1 << 5) | 1);
  });

  it("bundles packages that require Node's own modules, and keeps the names of errors", async () => {
    const root = sources({
      "all/one/legacy.cjs": 'exports.separator = require("node:path").sep;',
      "all/one/handler.ts":
        'import { separator } from "./legacy.cjs";\n' +
        'class ListingFailed extends Error { name = "ListingFailed"; }\n' +
        "export const handler = () => [separator, new ListingFailed().name];",
    });
    await buildFunctions({ root, outDir: join(dir, "out") });
    const loaded: { handler(): unknown } = await import(pathToFileURL(join(dir, "out", "all", "one.mjs")).href);
    expect(loaded.handler()).to.deep.equal([sep, "ListingFailed"]);
  });

  it("leaves no trace of the machine in bundle and source map", async () => {
    const outDir = join(dir, "out");
    await buildFunctions({ root: ROOT, outDir });
    for (const path of Object.keys(ZIPS).flatMap((zip) => filesBelow(join(outDir, zip)))) {
      const text = readFileSync(path, "utf8");
      expect(text.includes(ROOT), path).to.equal(false);
      if (path.endsWith(".mjs")) {
        expect(text.trimEnd().endsWith(`//# sourceMappingURL=${basename(path)}.map`), path).to.equal(true);
        expect(existsSync(`${path}.map`), path).to.equal(true);
      }
    }
  });

  it("changes the bytes when a source changes, and no other zip", async () => {
    const root = sources({
      "one/any/handler.ts": "export const handler = () => 1;",
      "two/any/handler.ts": "export const handler = () => 2;",
    });
    const build = async () => (await buildFunctions({ root, outDir: join(dir, "out") })).map((built) => built.sha256);
    const [one, two] = await build();
    sources({ "two/any/handler.ts": "export const handler = () => 3;" });
    const [oneAgain, twoAgain] = await build();
    expect(oneAgain).to.equal(one);
    expect(twoAgain).not.to.equal(two);
  });

  it("removes the zip of functions that are gone", async () => {
    const root = sources({
      "one/any/handler.ts": "export const handler = () => 1;",
      "two/any/handler.ts": "export const handler = () => 2;",
    });
    const outDir = join(dir, "out");
    await buildFunctions({ root, outDir });
    rmSync(join(root, "functions", "two"), { recursive: true });
    await buildFunctions({ root, outDir });
    expect(readdirSync(outDir)).to.have.members(["one", "one.zip"]);
  });

  it("is not disturbed by builds of the same folder at the same time", async () => {
    const root = sources({ "all/one/handler.ts": "export const handler = () => 1;" });
    const outDir = join(dir, "dist", "out");
    const builds = Array.from({ length: 10 }, () => buildFunctions({ root, outDir }));
    const built = (await Promise.all(builds)).flat();
    expect(new Set(built.map(({ sha256: hash }) => hash))).to.deep.equal(new Set([sha256(join(outDir, "all.zip"))]));
    expect(readdirSync(join(dir, "dist"))).to.deep.equal(["out"]);
  });

  const failure = async (root: string): Promise<unknown> => {
    try {
      await buildFunctions({ root, outDir: join(dir, "out") });
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it("says so when there is nothing to build", async () => {
    const error = await failure(dir);
    expect(error)
      .to.be.instanceOf(BuildError)
      .with.property("message")
      .that.includes("functions/ZIP/FUNCTION/handler.ts");
  });

  it("names every function without a handler", async () => {
    const error = await failure(sources({ "all/one/other.ts": "", "all/two/other.ts": "", "runtime/env.ts": "" }));
    expect(error)
      .to.be.instanceOf(BuildError)
      .with.property("message", "functions/all/one: handler.ts is missing\nfunctions/all/two: handler.ts is missing");
  });

  it("names a zip without functions", async () => {
    const root = sources({ "all/one/handler.ts": "export const handler = () => 1;", "none/notes.md": "" });
    expect(await failure(root))
      .to.be.instanceOf(BuildError)
      .with.property("message", "functions/none: no functions found (allowed: functions/none/FUNCTION/handler.ts)");
  });

  it("says where a bundle fails", async () => {
    const error = await failure(sources({ "all/one/handler.ts": 'import "./absent";' }));
    expect(error)
      .to.be.instanceOf(BuildError)
      .with.property("message")
      .that.matches(
        /^functions\/all cannot be bundled:\nfunctions\/all\/one\/handler\.ts:1:8: Could not resolve "\.\/absent"/,
      );
  });
});
