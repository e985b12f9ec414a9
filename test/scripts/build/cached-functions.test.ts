import { execFileSync, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { unzipSync, zipSync } from "fflate";
import { BuildError } from "../../../scripts/build/build-error";
import { cachedFunctions } from "../../../scripts/build/cached-functions";
import { stamp } from "../../../scripts/build/stamp.mjs";
import { isOnPath } from "../../support/on-path";

const ROOT = resolve(__dirname, "../../..");

/** Long ago, so that nobody seems to be editing. */
const EARLIER = new Date("2026-01-01T00:00:00Z");

describe("cachedFunctions", function () {
  this.timeout(60_000);
  let root: string;
  let cache: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "cached-functions-"));
    cache = join(root, "cache");
    write("package-lock.json", "{}");
    for (const name of ["build-error", "build-functions", "bundle", "bundled-packages", "third-party-notices"]) {
      write(`scripts/build/${name}.ts`, "");
    }
    write(
      "functions/all/one/handler.ts",
      'import { answer } from "../../../engine/answer"; export const handler = () => answer;',
    );
    write("engine/answer.ts", "export const answer = 1;");
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, EARLIER, EARLIER);
  }

  const built = () => cachedFunctions({ root, cache });

  /** @returns what the handler in the zip says. */
  async function answer(folder: string): Promise<unknown> {
    const code = unzipSync(readFileSync(join(folder, "all.zip")))["one.mjs"] ?? new Uint8Array();
    const module = join(root, `${randomUUID()}.mjs`);
    writeFileSync(module, code);
    const loaded: { handler(): unknown } = await import(pathToFileURL(module).href);
    return loaded.handler();
  }

  /** When the zip was written. */
  const writtenAt = (folder: string) => statSync(join(folder, "all.zip")).mtimeMs;

  it("builds once what does not change", async () => {
    const first = await built();
    const at = writtenAt(first);
    expect(await built()).to.equal(first);
    expect(writtenAt(first)).to.equal(at);
    expect(await answer(first)).to.equal(1);
    expect(readdirSync(cache)).to.deep.equal([basename(first)]);
  });

  it("builds anew what others could have exchanged, and makes nothing like that", async function () {
    if (process.getuid === undefined) {
      this.skip(); // Windows has no such modes.
    }
    const zip = join(await built(), "all.zip");
    const content = readFileSync(zip);
    for (const path of [zip, dirname(zip)]) {
      const { ino } = statSync(zip);
      chmodSync(path, 0o777);
      writeFileSync(zip, content);
      const record = join(dirname(zip), "record.json");
      const zipStamps = { "all.zip": stamp(zip) };
      writeFileSync(record, JSON.stringify({ ...JSON.parse(readFileSync(record, "utf8")), zipStamps }));
      const umask = process.umask(0);
      await built().finally(() => process.umask(umask));
      expect(statSync(zip).ino).not.to.equal(ino);
      expect(statSync(zip).mode & 0o022).to.equal(0);
      expect(statSync(dirname(zip)).mode & 0o022).to.equal(0);
    }
  });

  it("builds anew what has changed, and finds the earlier build again when the change is taken back", async () => {
    const first = await built();
    write("engine/answer.ts", "export const answer = 2;");
    const second = await built();
    expect(await answer(second)).to.equal(2);
    expect(await answer(first)).to.equal(1);
    write("engine/answer.ts", "export const answer = 1;");
    expect(await built()).to.equal(first);
  });

  it("builds anew where a file is new that takes the place of another", async () => {
    write("engine/answer/index.ts", "export const answer = 3;");
    rmSync(join(root, "engine/answer.ts"));
    expect(await answer(await built())).to.equal(3);
    write("engine/answer.ts", "export const answer = 1;");
    expect(await answer(await built())).to.equal(1);
  });

  it("builds anew for other packages", async () => {
    const first = await built();
    write("package-lock.json", '{ "packages": {} }');
    expect(await built()).not.to.equal(first);
  });

  for (const [title, harm] of [
    ["a zip that is cut off", (folder: string) => writeFileSync(join(folder, "all.zip"), "PK")],
    ["a zip that is gone", (folder: string) => rmSync(join(folder, "all.zip"))],
    ["a record that is cut off", (folder: string) => writeFileSync(join(folder, "record.json"), '{"sources":')],
    ["a record of another kind", (folder: string) => writeFileSync(join(folder, "record.json"), "{}")],
    ["nothing in its folder", (folder: string) => rmSync(folder, { recursive: true })],
  ] as const) {
    it(`builds anew where the cache holds ${title}`, async () => {
      const first = await built();
      harm(first);
      expect(await answer(await built())).to.equal(1);
      expect(readdirSync(cache)).to.have.length(1);
    });
  }

  it("takes no zip for its own that a branch brings with it", async function () {
    if (!isOnPath("git")) {
      this.skip();
    }
    await built();
    git(root, "init", "--quiet");
    const forged = await forge(cache, 'export const handler = () => "forged";');
    git(root, "add", "--force", ".");
    git(root, "commit", "--quiet", "--message", "Only a definition, it says");

    const checkout = join(root, "checkout");
    git(root, "clone", "--quiet", root, checkout);
    expect(await answer(join(checkout, "cache", forged))).to.equal("forged");
    expect(await answer(await cachedFunctions({ root: checkout, cache: join(checkout, "cache") }))).to.equal(1);
  });

  /** Puts another zip into the build that is there, and corrects its record as well as its author can. @returns its name. */
  async function forge(folder: string, code: string): Promise<string> {
    const [name = ""] = readdirSync(folder);
    const [zip, record] = [join(folder, name, "all.zip"), join(folder, name, "record.json")];
    writeFileSync(zip, zipSync({ "one.mjs": new TextEncoder().encode(code) }));
    const { ino, size, mtimeNs, ctimeNs } = statSync(zip, { bigint: true });
    writeFileSync(
      record,
      JSON.stringify({
        ...JSON.parse(readFileSync(record, "utf8")),
        zips: { "all.zip": createHash("sha256").update(readFileSync(zip)).digest("base64") },
        stamps: { "all.zip": `${ino}:${size}:${mtimeNs}:${ctimeNs}` },
      }),
    );
    return name;
  }

  function git(folder: string, ...args: string[]): void {
    const author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
    execFileSync("git", ["-C", folder, ...author, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  }

  it("gives several calls at once the same", async () => {
    const folders = await Promise.all([built(), built(), built()]);
    expect(new Set(folders).size).to.equal(1);
    expect(await answer(folders[0])).to.equal(1);
    expect(readdirSync(cache)).to.have.length(1);
  });

  it("does not take another call's draft, which is about to be moved", async () => {
    const first = await built();
    renameSync(first, join(cache, "draft-of-another"));
    expect(await built()).to.equal(first);
  });

  it("builds sources that are dated in the future, as another machine's clock writes them", async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    utimesSync(join(root, "engine/answer.ts"), tomorrow, tomorrow);
    const first = await built();
    expect(await built()).to.equal(first);
  });

  it("removes what nobody has asked for in a week", async () => {
    const first = await built();
    utimesSync(first, EARLIER, EARLIER);
    write("engine/answer.ts", "export const answer = 2;");
    const second = await built();
    expect(readdirSync(cache)).to.deep.equal([basename(second)]);
  });

  it("removes what a call has left behind that was stopped while it built, and leaves alone what is being built", async () => {
    const folder = await built();
    const [left, young] = [join(cache, "draft-left"), join(cache, "draft-young")];
    mkdirSync(left);
    mkdirSync(young);
    utimesSync(left, EARLIER, EARLIER);
    expect(await built()).to.equal(folder);
    expect(readdirSync(cache)).to.have.members([basename(folder), "draft-young"]);
  });

  it("leaves nothing behind where its process ends while it builds, as at a second Ctrl-C", async () => {
    mkdirSync(cache, { recursive: true });
    const module = join(__dirname, "../../../scripts/build/cached-functions.ts");
    const program = `
      const { watch } = require("node:fs");
      const { cachedFunctions } = require(${JSON.stringify(module)});
      watch(${JSON.stringify(cache)}, () => process.exit(130));
      cachedFunctions(${JSON.stringify({ root, cache })}).then(() => process.exit(0));`;
    const child = spawn(process.execPath, ["-r", "tsx/cjs", "-e", program], { stdio: "ignore" });
    expect(await once(child, "exit")).to.deep.equal([130, null]);
    expect(readdirSync(cache)).to.deep.equal([]);
  });

  it("names what cannot be built, and keeps nothing of it", async () => {
    write("engine/answer.ts", "export const answer = ;");
    const error = await built().catch((failure: unknown) => failure);
    expect(error).to.be.instanceOf(BuildError);
    expect(readdirSync(root)).not.to.include("cache");
  });

  it("knows every source of the project's own functions", async () => {
    const folder = await cachedFunctions({ root: ROOT, cache });
    const record: { sources: object } = JSON.parse(readFileSync(join(folder, "record.json"), "utf8"));
    const sources = Object.keys(record.sources);
    expect(sources).to.include.members(["engine/slice.ts", "package-lock.json", "node_modules/zod/index.js"]);
    expect(await cachedFunctions({ root: ROOT, cache })).to.equal(folder);
  });
});
