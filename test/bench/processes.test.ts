import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { alternate, median } from "../../bench/processes/alternate";
import { copyCheckout, writeDefinitions } from "../../bench/processes/checkout-copy";
import { secondsToFirstConnection } from "../../bench/processes/first-connection";
import { measureProcess } from "../../bench/processes/measure-process";
import { loadDefinitions } from "../../config/load-definitions";
import { errorOf } from "../support/errors";
import { tempFolder } from "../support/temp-folder";

const node = (script: string) => ({ command: process.execPath, args: ["-e", script], folder: tempFolder() });

describe("measureProcess", () => {
  it("counts the processor time of the process and of those that it waits for, and the memory of its largest", async () => {
    const busy = "const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);";
    const child = `require("node:child_process").spawnSync(process.execPath, ["-e", process.argv[1]])`;
    const inChild = await measureProcess({ ...node(child), args: ["-e", child, `${busy} Buffer.alloc(3e8, 1);`] });
    expect(inChild.cpuSeconds).to.be.greaterThan(0.3);
    expect(inChild.peakBytes).to.be.greaterThan(3e8);
    const idle = await measureProcess(node("setTimeout(() => {}, 200)"));
    expect(idle.wallSeconds).to.be.at.least(0.2);
    expect(idle.peakBytes).to.be.within(1e7, 2e8);
  });

  it("measures nothing that fails, and gives its words", async () => {
    const failing = node("console.error('no such thing'); process.exit(3)");
    expect((await errorOf(measureProcess(failing))).message).to.match(/ended with 3: no such thing/);
  });
});

describe("secondsToFirstConnection", () => {
  it("ends a command once it has connected, and says when that was", async () => {
    const script = (port: number) =>
      `setTimeout(() => require("node:net").connect(${port}, "127.0.0.1"), 300); setInterval(() => {}, 1000);`;
    const seconds = await secondsToFirstConnection({ ...node(""), args: async (port) => ["-e", script(port)] });
    expect(seconds).to.be.at.least(0.3);
  });

  it("measures nothing that never connects, and gives its words", async () => {
    const failing = { ...node(""), args: async () => ["-e", "console.error('no such thing')"] };
    expect((await errorOf(secondsToFirstConnection(failing))).message).to.match(/without a connection: no such thing/);
  });
});

describe("alternate", () => {
  it("measures in turn, each prepared before, and takes the middle of each figure", async () => {
    const calls: string[] = [];
    const contender = (name: string, seconds: number[]) => ({
      name,
      prepare: async () => void calls.push(`prepare ${name}`),
      measure: async () => {
        calls.push(name);
        return { wallSeconds: seconds.shift() ?? Number.NaN, cpuSeconds: 1, peakBytes: 2 };
      },
    });
    const medians = await alternate([contender("a", [5, 1, 2]), contender("b", [9, 7, 8])], 3);
    expect(medians.map(({ name, wallSeconds }) => [name, wallSeconds])).to.deep.equal([
      ["a", 2],
      ["b", 8],
    ]);
    expect(calls.slice(0, 4)).to.deep.equal(["prepare a", "a", "prepare b", "b"]);
    expect(calls).to.have.length(12);
    expect(median([4, 1, 3, 2])).to.equal(2.5);
    expect(() => median([])).to.throw(RangeError);
  });
});

describe("copyCheckout", () => {
  it("copies what commands need, with definitions that are valid, and leaves no trace", async () => {
    const root = tempFolder();
    for (const folder of ["servers", "node_modules", ".git"]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, "servers", "mine.yaml"), "Name: mine");
    writeFileSync(join(root, "servers", "server.schema.json"), "{}");
    writeFileSync(join(root, "build.cjs"), 'require("fs").writeFileSync("built", process.cwd());');
    const scripts = { build: "node build.cjs" };
    writeFileSync(join(root, "package.json"), JSON.stringify({ name: "any", version: "1.0.0", scripts }));
    const copy = await copyCheckout(root);
    expect(readFileSync(join(copy.folder, "built"), "utf8")).to.equal(copy.folder);
    await writeDefinitions(copy.folder, 12);
    await writeDefinitions(copy.folder, 11);
    const { definitions, problems } = await loadDefinitions(join(copy.folder, "servers"), undefined);
    expect([definitions.length, definitions[0]?.syncs.length, problems]).to.deep.equal([11, 5, []]);
    expect(existsSync(join(copy.folder, ".git"))).to.equal(false);
    expect(readFileSync(join(copy.folder, "servers", "server.schema.json"), "utf8")).to.equal("{}");
    await copy.remove();
    expect(existsSync(copy.folder)).to.equal(false);
  });
});
