import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect } from "chai";
import picomatch from "picomatch";
import * as z from "zod";

const ROOT = resolve(__dirname, "..");

/** Which of the project's folders each folder may import from; dependencies point one way. */
const ALLOWED: Record<string, readonly string[]> = {
  contract: [],
  config: ["contract"],
  engine: ["contract", "config"],
  functions: ["contract", "config", "engine"],
  stacks: ["contract", "config"],
  "main.ts": ["stacks"],
  local: ["contract", "config", "engine", "stacks"],
  scripts: ["contract", "config", "engine", "functions", "stacks", "local"],
  simulation: ["contract", "config", "engine"],
  bench: ["contract", "config", "engine", "functions", "stacks", "local", "scripts", "simulation"],
};

/** Packages that only some folders may import. */
const RESTRICTED: readonly { readonly packages: RegExp; readonly only: readonly string[] }[] = [
  { packages: /^(cdktf|constructs|@cdktf\/)/, only: ["stacks"] },
  { packages: /^@aws-sdk\//, only: ["functions", "scripts"] },
  { packages: /^@aws-lambda-powertools\//, only: ["engine", "functions"] },
  { packages: /^ssh2$/, only: ["local"] },
];

/** What only tests import, and what nothing names in an import. */
const FOR_TESTS: readonly string[] = [
  // In the place of a package's, by the build.
  "functions/aws/lambda-credentials.ts#defaultProvider",
  // What a run's files look like, for whoever reads them.
  "engine/report.ts#reportedFailureSchema",
  // The loop of a run, for runners without a state machine.
  "contract/run-loop.ts#FUNCTION_DIED",
  "engine/run/loop.ts#FIRST_CALL",
  "engine/run/loop.ts#afterAnswer",
  "engine/run/loop.ts#afterFailure",
  // Commands, called in the tests' own process.
  "scripts/cli.ts#ended",
  "scripts/cli/stack-command.ts#stackOptions",
  "scripts/demo.ts#demo",
  "scripts/generate-schema.ts#generatedFiles",
];

/** Packages that commands use, and no import. */
const TOOLS = /^(@types\/|@biomejs\/biome|cdktf-on-demand|sftp-sync-command|mocha|tsx|typescript)/;

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

/** The folders that a folder's own files import from. A folder and the one that it lies in are two: either may import the other. */
function importedFolders(files: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const imported = new Map<string, Set<string>>();
  for (const file of files) {
    const from = dirname(file);
    const targets = imports(file)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => dirname(join(from, specifier)))
      .filter((to) => to !== from);
    imported.set(from, new Set([...(imported.get(from) ?? []), ...targets]));
  }
  return imported;
}

/** `file#name` for each name that a file imports from another, `file#*` where it imports all of them. */
function importedNames(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const from = (specifier: string) => `${join(dirname(file), specifier.replace(/\.js$/, ""))}.ts`;
  const lists = [...text.matchAll(/\b(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s+"(\.[^"]+)"/g)];
  const late = [...text.matchAll(/\{([^{}]*)\}\s*=\s*await\s+import\("(\.[^"]+)"\)/g)];
  const whole = [...text.matchAll(/\bimport\s+\*\s+as\s+\w+\s+from\s+"(\.[^"]+)"/g)];
  return [
    ...whole.map(([, specifier = ""]) => `${from(specifier)}#*`),
    ...[...lists, ...late].flatMap(([, names = "", specifier = ""]) =>
      names.split(",").map((name) => `${from(specifier)}#${/(?:type\s+)?(\w+)/.exec(name.trim())?.[1]}`),
    ),
  ];
}

/** Names of the constants, functions and classes that a file exports; a type may just be part of another one. */
function exportedValues(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const declarations = text.matchAll(/^export\s+(?:abstract\s+)?(?:async\s+)?(?:const|function\*?|class)\s+(\w+)/gm);
  return [...declarations].map(([, name = ""]) => name);
}

/** Folders that import from one another in circles: what is left once those at either end are taken away. */
function inCircles(imported: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const left = new Set(imported.keys());
  const isAtAnEnd = (folder: string) =>
    ![...left].some((other) => imported.get(folder)?.has(other)) ||
    ![...left].some((other) => imported.get(other)?.has(folder));
  for (let ends = [...left].filter(isAtAnEnd); ends.length > 0; ends = [...left].filter(isAtAnEnd)) {
    for (const folder of ends) {
      left.delete(folder);
    }
  }
  return [...left];
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

describe("folders", () => {
  const imported = importedFolders(Object.keys(ALLOWED).flatMap(sources));

  it("import from one another in one direction", () => {
    expect(imported.get("config/definition/form")).to.include("config/fields");
    expect(inCircles(imported)).to.deep.equal([]);
  });
});

describe("chance", () => {
  it("comes from the clock, so that a test can say what it is", () => {
    const users = Object.keys(ALLOWED)
      .flatMap(sources)
      .filter((file) => readFileSync(join(ROOT, file), "utf8").includes("Math.random"));
    expect(users).to.deep.equal(["engine/ports/system-clock.ts"]);
  });
});

describe("the environment", () => {
  it("is never another object: Node and child processes do not see what is set in one", () => {
    const replaced = [...Object.keys(ALLOWED), "test"]
      .flatMap(sources)
      .filter((file) => /process\.env = [^=]/.test(readFileSync(join(ROOT, file), "utf8")));
    expect(replaced).to.deep.equal([]);
  });
});

describe("errors of functions", () => {
  it("say their names themselves, for Step Functions matches on them: the build gives classes others", () => {
    const bodies = [...sources("engine"), ...sources("functions")].flatMap((file) =>
      [...readFileSync(join(ROOT, file), "utf8").matchAll(/^(?:export )?class (\w+) extends Error \{(.*?)^\}/gms)].map(
        ([, name, body = ""]) => ({
          name: `${file}#${name}`,
          isNamed: /^ {2}override readonly name = |^ {4}this\.name = /m.test(body),
        }),
      ),
    );
    expect(bodies.length).to.be.greaterThan(5);
    expect(bodies.filter(({ isNamed }) => !isNamed)).to.deep.equal([]);
  });
});

describe("zod", () => {
  it("is imported as a namespace: its object `z` brings every language's messages into the functions' bundles", () => {
    const named = Object.keys(ALLOWED)
      .flatMap(sources)
      .filter((file) => /^import \{[^}]*\} from "zod"/m.test(readFileSync(join(ROOT, file), "utf8")));
    expect(named).to.deep.equal([]);
  });
});

describe("exports", () => {
  // What is in memory is there for tests as much as for the benchmark.
  const places = Object.keys(ALLOWED).filter((place) => place !== "bench" && place !== "simulation");

  it("are used outside the tests, but for a few", () => {
    const used = new Set(Object.keys(ALLOWED).flatMap(sources).flatMap(importedNames));
    const unused = places
      .flatMap(sources)
      .filter((file) => !/^functions\/[^/]+\/[^/]+\/handler\.ts$/.test(file))
      .flatMap((file) =>
        exportedValues(file)
          .map((name) => `${file}#${name}`)
          .filter((name) => !used.has(name) && !used.has(`${file}#*`)),
      );
    expect(used.size).to.be.above(500);
    expect(unused.filter((name) => !FOR_TESTS.includes(name))).to.deep.equal([]);
  });
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
  it("run once each, by `npm test` or `npm run test:deployment`: mocha runs a file as often as its patterns name it", () => {
    const { spec } = z
      .object({ spec: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(join(ROOT, ".mocharc.json"), "utf8")));
    const { scripts } = z
      .object({ scripts: z.object({ "test:deployment": z.string() }) })
      .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
    const quoted = scripts["test:deployment"].matchAll(/"([^"]+)"/g);
    const files = sources("test").filter((file) => file.endsWith(".test.ts"));
    const patterns = [...spec, ...[...quoted].map(([, pattern = ""]) => pattern)].map((pattern) => picomatch(pattern));
    const timesOf = (file: string) => patterns.filter((matches) => matches(file)).length;
    expect(files).to.have.lengthOf.above(100);
    expect(files.filter((file) => timesOf(file) !== 1)).to.deep.equal([]);
  });
});
