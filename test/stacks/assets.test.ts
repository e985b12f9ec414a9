import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { App, TerraformStack } from "cdktf";
import { expect } from "chai";
import { FunctionZips } from "../../stacks/constructs/function-zips";
import { linkEqualAssets } from "../../stacks/equal-assets";
import { filesBelow } from "../support/files-below";
import { tempFolder } from "../support/temp-folder";
import { synthInto, testServer, withTemporaryFolder, writeTestZips } from "./support";

describe("the zips in the stacks", () => {
  const definitions = ["one", "two", "three"].map((name) => testServer(name));

  /** The zips of the servers' stacks, by the path in a stack. */
  const zipsByPath = (stacks: string) => {
    const byPath = new Map<string, string[]>();
    for (const stack of readdirSync(stacks).filter((name) => name.startsWith("server-"))) {
      for (const file of filesBelow(join(stacks, stack, "assets"))) {
        const path = relative(join(stacks, stack), file);
        byPath.set(path, [...(byPath.get(path) ?? []), file]);
      }
    }
    return [...byPath.values()];
  };

  it("are one file on disk for all stacks, and whole in each", () => {
    withTemporaryFolder((dir) => {
      const zips = zipsByPath(synthInto(dir, { definitions }));
      expect(zips.map((files) => files.length)).to.deep.equal([3]);
      for (const files of zips) {
        expect(new Set(files.map((file) => statSync(file).ino))).to.have.length(1);
        expect(readFileSync(files[0] ?? "", "utf8")).to.match(/^bytes of /);
      }
    });
  });

  it("are whole after a synthesis of fewer stacks into the same folder, and of more", () => {
    withTemporaryFolder((dir) => {
      synthInto(dir, { definitions });
      synthInto(dir, { definitions: definitions.slice(0, 1) });
      for (const file of zipsByPath(synthInto(dir, { definitions })).flat()) {
        expect(readFileSync(file, "utf8")).to.match(/^bytes of /);
      }
    });
  });

  it("leave nothing else behind, where they are linked already", () => {
    withTemporaryFolder((dir) => {
      const stacks = synthInto(dir, { definitions });
      const before = filesBelow(stacks);
      linkEqualAssets(join(dir, "out"));
      expect(filesBelow(stacks)).to.deep.equal(before);
    });
  });

  it("are read once for all stacks", () => {
    const folder = writeTestZips(tempFolder());
    const zips = new FunctionZips(folder);
    const addTo = (stack: string, from: FunctionZips) => from.addTo(new TerraformStack(new App(), stack), "run");
    const first = addTo("one", zips);
    writeFileSync(join(folder, "run.zip"), "other bytes");
    expect(addTo("two", zips)).to.deep.equal(first);
    rmSync(join(folder, "run.zip"));
    expect(() => addTo("three", new FunctionZips(folder))).to.throw("npm run build writes it");
  });
});

describe("a synthesis", () => {
  it("captures stack traces for errors only, and gives Node's own way back", () => {
    const { captureStackTrace } = Error;
    withTemporaryFolder((dir) => synthInto(dir, { definitions: [testServer("one")] }));
    expect(Error.captureStackTrace).to.equal(captureStackTrace);
    withTemporaryFolder((dir) => {
      expect(() => synthInto(dir, { definitions: [testServer("one"), testServer("one")] }))
        .to.throw(/one/)
        .with.property("stack")
        .that.includes("stacks/app.ts");
    });
    expect(Error.captureStackTrace).to.equal(captureStackTrace);
  });
});
