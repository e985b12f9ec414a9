import { Session } from "node:inspector/promises";
import { setFlagsFromString } from "node:v8";
import { expect } from "chai";
import { definition, folderSync, load, sync } from "./support";

/** How often blocks of code of the configuration, and of what it reads with, are entered meanwhile: steps, not time. */
async function steps(work: () => Promise<unknown>): Promise<number> {
  const session = new Session();
  session.connect();
  // Code that is optimised meanwhile is not counted.
  setFlagsFromString("--no-opt");
  setFlagsFromString("--no-maglev");
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    return result
      .filter(({ url }) => /\/config\/|\/node_modules\/(yaml|zod|picomatch)\//.test(url) && !url.includes("/test/"))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0);
  } finally {
    setFlagsFromString("--opt");
    setFlagsFromString("--maglev");
    session.disconnect();
  }
}

const times = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, i) => line(i));

const withLines = (lines: readonly string[]) => {
  const fields = Object.entries(definition()).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return [...lines, ...fields, ""].join("\n");
};

/** Texts that grow with a number; each took time with its square, or more. */
const GROWING: Readonly<Record<string, (count: number) => string>> = {
  "unknown keys": (count) => withLines(times(count, (i) => `key${i}: 1`)),
  "unknown keys, twice each": (count) => withLines(times(count, (i) => `key${i % (count / 2)}: 1`)),
  "keys of its own": (count) => withLines(times(count, (i) => `x-${i}: 1`)),
  "aliases of one anchor": (count) => withLines(["x-a: &a 1", "x-b:", ...times(count, () => "  - *a")]),
  "anchors with an alias each": (count) => withLines(times(count, (i) => `x-${i}: [&a${i} 1, *a${i}]`)),
  "aliases without an anchor": (count) => withLines(["x-b:", ...times(count, (i) => `  - *a${i}`)]),
  "globs that are one alias": (count) =>
    withLines([
      "x-globs:",
      "  - &glob a/**",
      "x-sync:",
      "  RemoteFolders: &remote",
      "    Folder: /data",
      "    Recursive: true",
      "    Include:",
      ...times(count, () => "      - *glob"),
    ]).replace(/"RemoteFolders":\{[^}]*\}/, '"RemoteFolders": *remote '),
  "syncs that are one alias": (count) =>
    withLines([`x-sync: &sync ${JSON.stringify(sync())}`]).replace(
      /^SyncSettings: .*$/m,
      `SyncSettings:\n${times(count, () => "  - *sync").join("\n")}`,
    ),
  "syncs with a mistake": (count) =>
    withLines([]).replace(/^SyncSettings: .*$/m, `SyncSettings:\n${times(count, () => "  - {Nmae: x}").join("\n")}`),
  "merge keys, one after the other": (count) =>
    withLines(["x-0: &m0 {}", ...times(count, (i) => `x-${i + 1}: &m${i + 1} {<<: *m${i}}`)]),
  "texts in quotes that nothing closes": (count) => times(count, (i) => `a${i}:\n  - "x\nb${i}:`).join("\n"),
  "mistakes in one line": (count) => `a: [${times(count, () => "}").join(" ")}`,
};

/** Servers, each with some syncs; of these each was held against all others. */
const SERVERS: Readonly<Record<string, (server: number, index: number) => Record<string, unknown>>> = {
  "folders side by side": (server, index) => folderSync(`/f${server}-${index}`, "lake/in"),
  "a long prefix that they share": (server, index) => folderSync(`/f${server}-${index}/%year%`, "in/".repeat(30)),
  "one folder of which each says that others write there": (_, index) =>
    folderSync("/all", "in", { Name: `sync-${index}`, AllowOverlap: true }),
  "folders in one another": (server, index) =>
    folderSync(`/all${"/in".repeat(index)}/${server}`, "in", { Name: `sync-${index}`, AllowOverlap: true }),
};

describe("the time for definitions", () => {
  for (const [what, syncOf] of Object.entries(SERVERS)) {
    it(`grows with the number of syncs, and not with its square: ${what}`, async () => {
      const files = (servers: number) =>
        Object.fromEntries(
          times(servers, (server) => `${server}`).map((name, server) => {
            const SyncSettings = Array.from({ length: 40 }, (_, index) => syncOf(server, index));
            return [`${name}.json`, definition({ Name: `server-${name}`, SyncSettings })];
          }),
        );
      await load(files(2));
      const few = await steps(() => load(files(4)));
      const many = await steps(() => load(files(16)));
      expect(many / few, `${few} and ${many} steps`).to.be.below(5);
    });
  }
});

describe("the time for a definition", () => {
  for (const [what, textOf] of Object.entries(GROWING)) {
    it(`grows with the number of ${what}, and not with its square`, async () => {
      // What is done once, such as filling a table of time zones, is done before.
      await load({ "a.yaml": textOf(100) });
      const few = await steps(() => load({ "a.yaml": textOf(300) }));
      const many = await steps(() => load({ "a.yaml": textOf(1200) }));
      expect(many / few, `${few} and ${many} steps`).to.be.below(5);
    });
  }
});
