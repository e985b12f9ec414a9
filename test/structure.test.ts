import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect } from "chai";
import picomatch from "picomatch";
import { z } from "zod";

const ROOT = resolve(__dirname, "..");

/** Which of the project's folders each folder may import from; dependencies point one way. */
const ALLOWED: Record<string, readonly string[]> = {
  config: [],
  functions: ["config"],
  stacks: ["config"],
  "main.ts": ["config", "stacks"],
  local: ["config", "functions", "stacks"],
  scripts: ["config", "functions", "stacks", "local"],
  bench: ["config", "functions", "stacks", "local", "scripts"],
};

/** Packages that only some folders may import. */
const RESTRICTED: readonly { readonly packages: RegExp; readonly only: readonly string[] }[] = [
  { packages: /^(cdktf|constructs|@cdktf\/)/, only: ["stacks", "main.ts"] },
  { packages: /^@aws-sdk\//, only: ["functions"] },
  { packages: /^@aws-lambda-powertools\//, only: ["functions"] },
  { packages: /^ssh2$/, only: ["local"] },
];

/** Packages that commands use, and no import. */
const TOOLS = /^(@types\/|@biomejs\/biome|cdktf-cli|@cdktf\/node-pty-prebuilt-multiarch|mocha|tsx|typescript)/;

function sources(place: string): string[] {
  if (place.endsWith(".ts")) {
    return [place];
  }
  return readdirSync(join(ROOT, place), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(place, name));
}

function imports(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const specifiers = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*|\brequire\s*\(\s*)["']([^"']+)["']/g);
  return [...specifiers].map(([, specifier = ""]) => specifier);
}

function topLevel(file: string, specifier: string): string {
  return relative(ROOT, resolve(ROOT, dirname(file), specifier)).split("/")[0] ?? "";
}

describe("dependencies", () => {
  for (const [place, allowed] of Object.entries(ALLOWED)) {
    const files = sources(place);

    it(`${place} has sources to check`, () => {
      expect(files).not.to.be.empty;
    });

    it(`${place} imports only from ${["itself", ...allowed].join(", ")}`, () => {
      const wrong = files.flatMap((file) =>
        imports(file)
          .filter((specifier) => specifier.startsWith("."))
          .map((specifier) => topLevel(file, specifier))
          .filter((target) => target !== place && !allowed.includes(target))
          .map((target) => `${file} -> ${target}`),
      );
      expect(wrong).to.deep.equal([]);
    });

    it(`${place} imports no package that belongs elsewhere`, () => {
      const wrong = files.flatMap((file) =>
        imports(file)
          .filter((specifier) =>
            RESTRICTED.some(({ packages, only }) => packages.test(specifier) && !only.includes(place)),
          )
          .map((specifier) => `${file} -> ${specifier}`),
      );
      expect(wrong).to.deep.equal([]);
    });
  }
});

describe("packages", () => {
  it("are those that something imports, and tools", () => {
    const packages = z.object({
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
    });
    const { dependencies, devDependencies } = packages.parse(
      JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")),
    );
    const imported = [...Object.keys(ALLOWED), "test"].flatMap(sources).flatMap(imports);
    const unused = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !TOOLS.test(name) && !imported.some((specifier) => `${specifier}/`.startsWith(`${name}/`)),
    );
    expect(unused).to.deep.equal([]);
  });
});

describe("tests", () => {
  it("run once each: mocha runs a file as often as its patterns name it", () => {
    const { spec } = z
      .object({ spec: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(join(ROOT, ".mocharc.json"), "utf8")));
    const files = sources("test").filter((file) => file.endsWith(".test.ts"));
    const patterns = spec.map((pattern) => picomatch(pattern));
    const timesOf = (file: string) => patterns.filter((matches) => matches(file)).length;
    expect(files).to.have.lengthOf.above(100);
    expect(files.filter((file) => timesOf(file) !== 1)).to.deep.equal([]);
  });
});
