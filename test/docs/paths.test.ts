import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";

const ROOT = resolve(__dirname, "../..");

/** Sources that a document names, such as `contract/run-errors.ts`. */
function namedSources(document: string): string[] {
  const text = readFileSync(join(ROOT, document), "utf8");
  return [...text.matchAll(/`([a-z][\w/.-]+\.ts)`/g)].map(([, path = ""]) => path);
}

describe("the documents", () => {
  const docs = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  const named = ["README.md", ...docs.map((name) => join("docs", name))].flatMap((document) =>
    namedSources(document).map((path) => ({ document, path })),
  );

  it("name sources that are there", () => {
    expect(named).to.have.lengthOf.above(5);
    expect(named.filter(({ path }) => !existsSync(join(ROOT, path)))).to.deep.equal([]);
  });
});
