import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { unzipSync } from "fflate";
import { BuildError, buildFunctions } from "../../../scripts/build/build-functions";

const ROOT = resolve(__dirname, "../../..");
const FUNCTIONS = [
  "finish-run",
  "get-list-status",
  "record-listing-failure",
  "remote-folders-list",
  "set-connector-concurrency",
  "sync-remote-folder",
];

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
    expect(expected).to.have.lengthOf(FUNCTIONS.length);
    expect(builds).to.deep.equal([expected, expected]);
  });

  it("builds every function of the project: one module that exports handler, in a zip well under 1 MB", async () => {
    const outDir = join(dir, "out");
    const built = await buildFunctions({ root: ROOT, outDir });
    expect(built.map(({ name }) => name)).to.deep.equal(FUNCTIONS);
    for (const { name, zip, bytes, sha256: hash } of built) {
      expect(bytes, name).to.be.below(700_000);
      expect(hash, name).to.equal(sha256(zip));
      const bundle = join(outDir, name, "index.mjs");
      const files = unzipSync(readFileSync(zip));
      expect(Object.keys(files), name).to.deep.equal(["index.mjs", "THIRD-PARTY-NOTICES"]);
      expect(Buffer.from(files["index.mjs"] ?? []).equals(readFileSync(bundle)), name).to.equal(true);
      const loaded: unknown = await import(pathToFileURL(bundle).href);
      expect(loaded, name).to.have.property("handler").that.is.a("function");
    }
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

  it("bundles packages that require Node's own modules, and keeps the names of classes", async () => {
    const root = sources({
      "one/legacy.cjs": 'exports.separator = require("node:path").sep;',
      "one/handler.ts":
        'import { separator } from "./legacy.cjs";\n' +
        "class ListingFailed extends Error {}\n" +
        "export const handler = () => [separator, new ListingFailed().constructor.name];",
    });
    await buildFunctions({ root, outDir: join(dir, "out") });
    const loaded: { handler(): unknown } = await import(pathToFileURL(join(dir, "out", "one", "index.mjs")).href);
    expect(loaded.handler()).to.deep.equal([sep, "ListingFailed"]);
  });

  it("leaves no trace of the machine in bundle and source map", async () => {
    const outDir = join(dir, "out");
    await buildFunctions({ root: ROOT, outDir });
    for (const name of FUNCTIONS) {
      const bundle = readFileSync(join(outDir, name, "index.mjs"), "utf8");
      expect(bundle.includes(ROOT), name).to.equal(false);
      expect(bundle, name).to.match(/\/\/# sourceMappingURL=index\.mjs\.map\n$/);
      expect(readFileSync(join(outDir, name, "index.mjs.map"), "utf8").includes(ROOT), name).to.equal(false);
    }
  });

  it("changes the bytes when a source changes, and no other zip", async () => {
    const root = sources({
      "one/handler.ts": "export const handler = () => 1;",
      "two/handler.ts": "export const handler = () => 2;",
    });
    const build = async () => (await buildFunctions({ root, outDir: join(dir, "out") })).map((built) => built.sha256);
    const [one, two] = await build();
    sources({ "two/handler.ts": "export const handler = () => 3;" });
    const [oneAgain, twoAgain] = await build();
    expect(oneAgain).to.equal(one);
    expect(twoAgain).not.to.equal(two);
  });

  it("removes the zip of a function that is gone", async () => {
    const root = sources({
      "one/handler.ts": "export const handler = () => 1;",
      "two/handler.ts": "export const handler = () => 2;",
    });
    const outDir = join(dir, "out");
    await buildFunctions({ root, outDir });
    rmSync(join(root, "functions", "two"), { recursive: true });
    await buildFunctions({ root, outDir });
    expect(readdirSync(outDir)).to.have.members(["one", "one.zip"]);
  });

  it("is not disturbed by builds of the same folder at the same time", async () => {
    const root = sources({ "one/handler.ts": "export const handler = () => 1;" });
    const outDir = join(dir, "dist", "out");
    const builds = Array.from({ length: 10 }, () => buildFunctions({ root, outDir }));
    const built = (await Promise.all(builds)).flat();
    expect(new Set(built.map(({ sha256: hash }) => hash))).to.deep.equal(new Set([sha256(join(outDir, "one.zip"))]));
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
    expect(error).to.be.instanceOf(BuildError).with.property("message").that.includes("functions/NAME/handler.ts");
  });

  it("names every function without a handler", async () => {
    const error = await failure(sources({ "one/other.ts": "", "two/other.ts": "", "runtime/env.ts": "" }));
    expect(error)
      .to.be.instanceOf(BuildError)
      .with.property("message", "functions/one: handler.ts is missing\nfunctions/two: handler.ts is missing");
  });

  it("says where a bundle fails", async () => {
    const error = await failure(sources({ "one/handler.ts": 'import "./absent";' }));
    expect(error)
      .to.be.instanceOf(BuildError)
      .with.property("message")
      .that.matches(
        /^functions\/one cannot be bundled:\nfunctions\/one\/handler\.ts:1:8: Could not resolve "\.\/absent"/,
      );
  });
});
