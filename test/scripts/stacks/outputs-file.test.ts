import { chmodSync, chownSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { writeOutputsFile } from "../../../scripts/stacks/outputs-file";
import { noStrangers, STRANGER } from "../../support/strangers";
import { tempFolder } from "../../support/temp-folder";

describe("a file of outputs", () => {
  const OUTPUTS = { shared: { key: "k" } };
  const mode = (file: string) => statSync(file).mode & 0o777;
  let file: string;

  beforeEach(() => {
    file = join(tempFolder(), "outputs.json");
  });

  it("is for its owner alone with sensitive ones, also where others could read what was there", async function () {
    if (process.getuid === undefined) {
      this.skip(); // Windows has no such modes.
    }
    writeFileSync(file, "{}");
    chmodSync(file, 0o644);
    await writeOutputsFile(file, OUTPUTS, false);
    expect(mode(file)).to.equal(0o644);
    await writeOutputsFile(file, OUTPUTS, true);
    expect(mode(file)).to.equal(0o600);
    expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal(OUTPUTS);
    expect(readdirSync(join(file, ".."))).to.deep.equal(["outputs.json"]);
  });

  it("stays nobody else's with sensitive ones, where another user has put one there", async function () {
    if (noStrangers !== undefined) {
      this.skip();
    }
    writeFileSync(file, "{}");
    chmodSync(file, 0o666);
    chownSync(file, STRANGER, STRANGER);
    await writeOutputsFile(file, OUTPUTS, true);
    expect([mode(file), statSync(file).uid]).to.deep.equal([0o600, process.getuid?.()]);
  });

  it("may be something else than a file", async () => {
    await writeOutputsFile("/dev/null", OUTPUTS, true);
    expect(statSync("/dev/null").isCharacterDevice()).to.equal(true);
  });
});
