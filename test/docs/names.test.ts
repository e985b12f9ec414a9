import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { loadDefinitionFiles } from "../../config/load-definitions";
import { synthStack } from "../stacks/support";
import { PAGES, pageText } from "../support/fences";

const ROOT = resolve(__dirname, "../..");

interface Named {
  readonly page: string;
  readonly name: string;
}

/** What the documents name in a certain form; an expression's first group is the name. */
function named(expression: RegExp): Named[] {
  return PAGES.flatMap((page) => [...pageText(page).matchAll(expression)].map(([, name = ""]) => ({ page, name })));
}

describe("the documents", function () {
  this.timeout(60_000);

  it("name sources that are there", () => {
    const sources = named(/`([a-z][\w/.-]+\.ts)`/g);
    expect(sources).to.have.lengthOf.above(5);
    expect(sources.filter(({ name }) => !existsSync(join(ROOT, name)))).to.deep.equal([]);
  });

  it("name scripts that package.json has", () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
    const called = named(/\bnpm (?:run (?:--silent )?|(?=start\b|test\b))([a-z][\w:-]*)/g);
    expect(called).to.have.lengthOf.above(20);
    expect(called.filter(({ name }) => !(name in scripts))).to.deep.equal([]);
  });

  it("name outputs that the stacks have", async () => {
    const { definitions } = await loadDefinitionFiles([join(ROOT, "servers", "example.yaml")]);
    const stacks = await Promise.all(["shared", "server-partner-a"].map((id) => synthStack(id, { definitions })));
    const outputs = stacks.flatMap(({ output }) => Object.keys(output));
    const asked = named(/\bterraform output -raw (\w+)/g);
    expect(asked).not.to.be.empty;
    expect(asked.filter(({ name }) => !outputs.includes(name))).to.deep.equal([]);
  });
});
