import { expect } from "chai";
import { type DefinitionFile, readDefinition } from "../../../config/definition/definition-file";
import { withinFile } from "../../../config/definition/file-boundary";
import { formatProblem } from "../../../config/problems/problem";
import { definition, load } from "../support";

describe("a file at which the program itself fails", () => {
  it("has a problem that names it, and nothing of what it holds", () => {
    const endless = (): DefinitionFile => endless();
    const quoting = () => readDefinition("a.yaml", JSON.parse("hunter2"));
    expect([endless, quoting].map((read) => withinFile("a.yaml", read).problems.map(formatProblem))).to.deep.equal(
      ["RangeError", "SyntaxError"].map((name) => [
        `a.yaml: cannot be understood: this program fails at it (${name}) ` +
          "(allowed: a simpler file, until the program is mended; please report it)",
      ]),
    );
  });

  it("is any other file to what it holds", () => {
    const text = JSON.stringify(definition());
    expect(withinFile("a.json", () => readDefinition("a.json", text)).definition?.name).to.equal("partner");
  });

  it("leaves others their problems, where it is deep by aliases that nothing shows", async () => {
    const chain = Array.from({ length: 6000 }, (_, i) => `&a${i + 1} [*a${i}]`).join(", ");
    const { problems } = await load({
      "deep.yaml": `x-m: [&a0 1, ${chain}]\nx-m: 1\nx-z: *a6000\n`,
      "wrong.yaml": "Nmae: partner\n",
    });
    expect(new Set(problems.map(({ file }) => file))).to.deep.equal(new Set(["deep.yaml", "wrong.yaml"]));
  });
});
