import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect } from "chai";
import { printableJson } from "../../contract/printable";
import type { RunResult } from "../../local/runner/run-result";
import type { PublishedMessage } from "../../local/step-functions/integrations";
import { resultDocument, summary } from "../../scripts/commands/summary";
import { objects } from "../scenarios/tree-files";
import { filesBelow } from "../support/files-below";
import {
  folder,
  type HostileEntry,
  type HostileFolder,
  type HostileServer,
  pipe,
  startHostileServer,
} from "../support/hostile-server";
import { tempFolder } from "../support/temp-folder";
import { localTestSettings, type SyncOptions, syncOf, World } from "./world";

/** What would forge a line, or control a terminal, in whatever shows it. */
const FORGED = "\u001b[2J\u009b31m\r\nReport: s3://forged/report.json\u202e\u2028";
const LONG_WORDS = `quota${FORGED}${"x".repeat(150_000)}`;

/** Names that lead elsewhere, or can't be asked for. None of them is copied. */
const NAMES = [
  "..",
  "a/../../b",
  "../../../escape",
  "/etc/passwd",
  "sub/good.csv",
  "",
  ".",
  "line\nbreak",
  "carriage\rreturn",
  "line\u2028separator",
  "n".repeat(1100),
  "long".repeat(25_000),
];

/** Odd names that are names all the same. */
const ODD_NAMES = [
  "nul\0name",
  "escape\u001b[2Jname",
  "c1\u009b31mname",
  "direction\u202efdp.csv",
  "n".repeat(300),
  "__proto__",
  "CON",
  "a\\..\\b",
];

const named = (name: string): HostileEntry => ({ name, content: "x" });

/** Files that fail, by what the failure says. */
const FAILING: readonly (readonly [HostileEntry, RegExp])[] = [
  [{ name: "endless", size: 10, content: "endless" }, /listed with 10 bytes, and more than 67108874 came/],
  [{ name: "wordy", content: "x", error: LONG_WORDS }, /^TransferFailed: READ_FILE_ERROR: quota.*x{100,400}\.\.\./],
  [{ name: `forged${FORGED.replace(/[\r\n\u2028/]/g, "")}`, content: "x", error: "Failure" }, /READ_FILE_ERROR/],
];

/** Files whose size, time or type is a lie, and which are copied all the same: now, or once they are listed so again. */
const LIARS: readonly HostileEntry[] = [
  { name: "size-2-63", size: 2 ** 63, content: "copied" },
  { name: "size-2-64", size: 2 ** 64 - 2048, content: "copied" },
  { name: "time-0", mtime: 0, content: "copied" },
  { name: "time-2106", mtime: 2 ** 32 - 1, content: "copied" },
];

const GOOD = { name: "good.csv", content: "good" };

function* endless(): Generator<HostileEntry> {
  for (let index = 0; ; index += 1) {
    yield named(`e-${index}`);
  }
}

const TREE: Readonly<Record<string, HostileFolder>> = {
  "/in": [
    GOOD,
    ...[...NAMES, ...ODD_NAMES].map(named),
    ...["..", "a/../../b", "/etc", ""].map(folder),
    ...FAILING.map(([entry]) => entry),
    ...LIARS,
    { name: "shorter", size: 1000, content: "short" },
    { name: "longer", size: 1, content: "longer" },
    pipe("pipe"),
    ...["sub", "deep", "many", "wordy-folder", "no-folder"].map(folder),
  ],
  "/in/sub": [GOOD],
  "/in/many": { [Symbol.iterator]: endless },
  "/in/wordy-folder": { error: LONG_WORDS },
  "/": [],
  "": [],
};

/** Each folder below `/in/deep` has two of its own, without end. */
function folderAt(path: string): HostileFolder | undefined {
  return path.startsWith("/in/deep") ? [GOOD, folder("a"), folder("b")] : TREE[path];
}

/** Far below what the server has, far above what the tree is. */
const FOLDERS = 12;
const ENTRIES = 100;

interface Told {
  readonly result: RunResult;
  readonly messages: readonly PublishedMessage[];
}

async function runAt(world: World, settings = {}, options: SyncOptions = {}): Promise<Told> {
  const messages: PublishedMessage[] = [];
  const definition = await world.definition({ ...options, server: { MaxConcurrentConnections: 3 } });
  const installation = await world.install(definition, {
    settings: { ...localTestSettings(), ...settings },
    observer: { notified: (message) => messages.push(message) },
  });
  try {
    return { result: await installation.run(syncOf(definition, "in")), messages };
  } finally {
    await installation.close();
  }
}

function expectNoControls(text: string, what: string): void {
  expect(text, what).not.to.match(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
  expect(text, what).not.to.match(/^Report: s3:\/\/forged/m);
}

describe("a server that means no good", function () {
  this.timeout(180_000);
  let server: HostileServer | undefined;
  let world: World | undefined;

  async function start(at: typeof folderAt): Promise<World> {
    server = await startHostileServer(at);
    world = await World.create({ ...server, root: tempFolder(), base: "" });
    return world;
  }

  afterEach(async () => {
    await world?.close();
    await server?.close();
  });

  it("gets the run to an end, which copies the good files, and names what failed", async () => {
    const current = await start(folderAt);
    const settings = localTestSettings();
    const { result, messages } = await runAt(current, {
      connectorLimits: { ...settings.connectorLimits, maxListingItems: ENTRIES },
      runLimits: { ...settings.runLimits, folders: FOLDERS },
    });

    expect(result.error?.name).to.equal("RunLimitReached");
    const reasons = new Map(result.failures.map(({ path, reason }) => [path, reason]));
    for (const [{ name }, reason] of FAILING) {
      expect(reasons.get(`/in/${name}`), name).to.match(reason);
    }
    expect(reasons.get("/in/wordy-folder")).to.match(/^ListingFailed: LIST_DIRECTORY_ERROR: quota/);
    expect(reasons.get("/in/many")).to.contain("the folder has more than 100 entries");
    expect([...reasons.keys()]).to.have.length(FAILING.length + 2);

    const copied = await objects(current);
    const below = [...copied].filter(([path]) => !/^in\/(deep|many)\//.test(path));
    const whole = [
      ...ODD_NAMES.map((name) => [`in/${name}`, "x"]),
      ...LIARS.map(({ name }) => [`in/${name}`, "copied"]),
    ];
    expect(Object.fromEntries(below.filter(([path]) => !/\/(shorter|longer)$/.test(path)))).to.deep.equal(
      Object.fromEntries([["in/good.csv", "good"], ["in/sub/good.csv", "good"], ...whole]),
    );
    expect([...copied.keys()].filter((path) => path.startsWith("in/many/"))).to.have.length(ENTRIES);
    expect(result.files.skipped).to.deep.equal({
      // Less the dots, which the client leaves out; with two of the folders: one is dots too, and one the folder itself.
      "unsupported-name": NAMES.length - 2 + 2,
      "not-a-file": 1,
      "changed-during-transfer": 2,
    });

    expectOnlyBelowBuckets(current);
    expect(messages).to.have.length(1);
    for (const { subject, message } of messages) {
      expectNoControls(`${subject}\n${message}`, "the notification");
      expect(Buffer.byteLength(message)).to.be.below(10_000);
    }
    expectNoControls(summary({ runs: [result] }, "again"), "the summary");
    expectNoControls(printableJson(resultDocument({ runs: [result] })), "--json");
    expectNoControls(readFileSync(result.reportFile ?? "", "utf8"), "the report");
  });

  it("is asked no longer than a transfer may take where it drips", async () => {
    const current = await start((path) =>
      path === "/in" ? [GOOD, { name: "drip", size: 10, content: "drip" }] : undefined,
    );
    const { timeouts } = localTestSettings();
    const { result } = await runAt(current, { timeouts: { ...timeouts, transfer: 10 } });
    expect(result.error?.name).to.equal("TransferIncomplete");
    expect(result.failures.map(({ path, kind }) => [path, kind])).to.deep.equal([["/in/drip", "no-result"]]);
    expect(Object.fromEntries(await objects(current))).to.deep.equal({ "in/good.csv": "good" });
  });
});

/** Nothing of the run lies elsewhere: not beside the buckets, and not above them. */
function expectOnlyBelowBuckets(world: World): void {
  expect(readdirSync(world.folder).sort()).to.deep.equal(["data", "partner.yaml"]);
  const places = filesBelow(world.data).map((file) => relative(world.data, file).split("/").slice(0, 2).join("/"));
  const expected = /^(target-bucket\/incoming|sftp-sync-[^/]*\/(runs|ledger|locks)|\.sftp-sync\/.*)$/;
  expect([...new Set(places)].filter((place) => !expected.test(place))).to.deep.equal([]);
}
