import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import * as z from "zod";

const ROOT = resolve(__dirname, "..", "..");

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));

/** What a POSIX shell takes in another way than Windows' cmd, outside double quotes; an empty list for a portable script. */
const POSIX_ONLY: Readonly<Record<string, RegExp>> = {
  "single quotes, which are characters to cmd": /'/,
  "a variable or a command in another": /[$`]/,
  "a pattern, which cmd leaves to the program": /[*?[{]/,
  "a variable before the command": /(^|&&|\|\|)\s*\w+=/,
  "a semicolon, which cmd takes for a space": /;/,
  "a backslash, which is an escape to one of them": /\\/,
  "a command in the background": /(?<!&)&(?!&)/,
};

/** Within double quotes both shells leave everything as it is but these. */
const NOT_EVEN_QUOTED = /[$`\\%!]/;

function faults(script: string): string[] {
  const quoted = script.match(/"[^"]*"/g) ?? [];
  const rest = script.replaceAll(/"[^"]*"/g, "QUOTED");
  return [
    ...Object.keys(POSIX_ONLY).filter((what) => POSIX_ONLY[what]?.test(rest)),
    ...quoted.filter((text) => NOT_EVEN_QUOTED.test(text)),
  ];
}

/** The programs that a script starts. */
function programs(script: string): string[] {
  return script.split(/&&|\|\|/).map((command) => command.trim().split(" ")[0] ?? "");
}

/** A command of a package, or of this project: npm and cmd look for the latter in the root. */
function isEverywhere(program: string): boolean {
  return (
    ["node", "npm"].includes(program) ||
    existsSync(join(ROOT, "node_modules", ".bin", program)) ||
    existsSync(join(ROOT, `${program}.cmd`))
  );
}

describe("the scripts of package.json", () => {
  for (const [name, script] of Object.entries(scripts)) {
    it(`start in every shell: ${name}`, () => {
      expect(faults(script)).to.deep.equal([]);
      expect(programs(script).filter((program) => !isEverywhere(program))).to.deep.equal([]);
    });
  }

  for (const script of [
    "mocha --grep $TITLE",
    "tsc && A=b mocha",
    "mocha 'test/**/*.test.ts'",
    "mocha test/*.test.ts",
    "mocha test/{a,b}.test.ts",
    'mocha "$TESTS"',
    "node a.mjs & node b.mjs",
    "node a.mjs; node b.mjs",
  ]) {
    it(`would not, if one were ${script}`, () => {
      expect(faults(script)).not.to.deep.equal([]);
    });
  }

  for (const [name, script] of Object.entries(scripts)) {
    it(`run nothing that another user may have put among the temporary files, as tsx would: ${name}`, () => {
      const starts = script.split("&&").filter((command) => /\b(tsx|mocha)\b/.test(command));
      expect(starts.filter((command) => !command.includes("--env-file=scripts/no-tsx-cache.env "))).to.deep.equal([]);
    });
  }

  it("would not, if one called what only a shell has", () => {
    expect(["export A=b", "rm -rf dist", "tsc && source a.sh"].flatMap(programs).filter(isEverywhere)).to.deep.equal([
      "tsc",
    ]);
  });
});
