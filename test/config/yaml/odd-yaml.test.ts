import { expect } from "chai";
import { readSettings } from "../../../config/settings/settings-file";
import { readYaml } from "../../../config/yaml/yaml-source";
import { definition, load, shown, sync } from "../support";

/** Texts that would be read in another way than they show: each with its first problem, an error. */
const REFUSED: readonly (readonly [what: string, text: string, problem: string])[] = [
  ["an alias as a key", "x-k: &u Url\nUrl: a\n*u : b\n", "3:1 YAML: an alias (*) stands for a key here"],
  ["an alias as the only key of its name", "x-k: &u Url\n*u : b\n", "2:1 YAML: an alias (*) stands for a key here"],
  ["an alias as a key in brackets", "x-k: &u Url\na: {*u : b}\n", "2:5 YAML: an alias (*) stands for a key here"],
  ["an alias as an explicit key", "x-k: &u Url\n? *u\n: b\n", "2:3 YAML: an alias (*) stands for a key here"],
  ["an anchor of a key", "&u Url: a\n", "1:4 YAML: a key has an anchor (&) here"],
  ["an anchor that is there twice", "x-a: &a a\nx-b: &a b\nUrl: *a\n", "2:9 YAML: this anchor (&) is there already"],
  ["a list as a key", "? [a, b]\n: 1\n", "1:3 YAML: a list or map is a key here"],
  ["a map as a key", "? {a: b}\n: 1\n", "1:3 YAML: a list or map is a key here"],
  ["a merge key that is there twice", "x: &x {a: 1}\ny:\n  <<: *x\n  <<: {a: 3}\n", "4:3 the key is given twice"],
  ["a number and its text as keys", '1: a\n"1": b\n', "2:1 the key 1 is given twice"],
  [
    "another version",
    "%YAML 1.1\n---\nEnabled: off\n",
    "1:1 YAML: a directive (%) changes how all that follows is read",
  ],
  [
    "another version behind U+FEFF",
    "\ufeff%YAML 1.1\n---\na: off\n",
    "1:2 YAML: a directive (%) changes how all that follows is read",
  ],
  [
    "another version behind the document",
    "a: 1\n...\n%YAML 1.1\n---\n",
    "3:1 YAML: a directive (%) changes how all that follows is read",
  ],
  [
    "tags of its own",
    '%TAG ! tag:yaml.org,2002:\n---\na: !bool "true"\n',
    "1:1 YAML: a directive (%) changes how all that follows is read",
  ],
  ["bytes", "a: !!binary aGVsbG8=\n", "1:13 YAML: this tag makes another type of the value, or merges it"],
  ["bytes as a key", "!!binary VXJs: a\n", "1:10 YAML: this tag makes another type of the value, or merges it"],
  ["a date", "a: !!timestamp 2001-12-14\n", "1:16 YAML: this tag makes another type of the value, or merges it"],
  ["a set", "a: !!set {x, y}\n", "1:10 YAML: this tag makes another type of the value, or merges it"],
  ["an ordered map", "a: !!omap [x: 1]\n", "1:11 YAML: this tag makes another type of the value, or merges it"],
  ["pairs", "a: !!pairs [x: 1, x: 2]\n", "1:12 YAML: this tag makes another type of the value, or merges it"],
  [
    "a merge key by its tag",
    "x: &x {a: 1}\n!!merge <<: *x\n",
    "2:9 YAML: this tag makes another type of the value, or merges it",
  ],
  [
    "an escaped letter of a key",
    'Url: a\n"\\x55rlx": b\n',
    "2:2 YAML: an escape hides a letter, a digit or one of . - _ here",
  ],
  ["an escaped letter", 'Url: "a\\u002eb"\n', "1:8 YAML: an escape hides a letter, a digit or one of . - _ here"],
  [
    "an escaped digit",
    '{"a": "\\\\\\U00000031"}\n',
    "1:10 YAML: an escape hides a letter, a digit or one of . - _ here",
  ],
  ["a line break that only editors see", "a: x # comment\rb: y\n", "1:15 U+000D stands here, a control character"],
  ["another one", "a: x # comment\u0085b: y\n", "1:15 U+0085 stands here, a control character"],
  ["a third one", "a: x # comment\u2028b: y\n", "1:15 U+2028 stands here, a control character"],
  ["a form feed", "a: x\n\fb: y\n", "2:1 U+000C stands here, a control character"],
  ["what moves a terminal's cursor", "a: x\n# \u001b[1A\u001b[2K\n", "2:3 U+001B stands here, a control character"],
  ["a second document behind an end mark", "a: 1\n...\nb: 2\n", "3:1 a second YAML document begins here"],
];

const WARNED: readonly (readonly [what: string, text: string, problem: string])[] = [
  ["in a comment", "a: 1\nUrl: x # \u2066good\n", "2:10 U+2066 stands here, which nobody sees"],
  ["in a key of the file's own", "x-\u200ba: 1\n", "1:3 U+200B stands here, which nobody sees"],
  ["in a text", "Description: a\u202eb\n", "1:15 U+202E stands here, which nobody sees"],
  ["within the text", "a: 1\n\ufeffb: 2\n", "2:1 U+FEFF stands here, which nobody sees"],
  ["by an escape", 'a: "b\\u200bc"\n', "1:4 U+200B stands here, which nobody sees"],
  ["several times in a line, once", "a: \u200bb\u200bc # \u200b\nd: 1\n", "1:4 U+200B stands here, which nobody sees"],
  ["", `a: {b: 1,${" ".repeat(120)}c: 2}\n`, "1:130 120 blanks in one line put what follows out of sight"],
  [
    "blanks at a line's beginning",
    `a: b\n${" ".repeat(120)}c\n`,
    "2:121 120 blanks in one line put what follows out of sight",
  ],
  [
    "tabs",
    `a: b ${"\t".repeat(13)}# c\n`,
    "1:19 blanks and tabs as wide as 105 characters in one line put what follows out of sight",
  ],
  [
    "Braille without a dot",
    `a: b # ${"\u2800".repeat(120)}c\n`,
    "1:128 121 blanks in one line put what follows out of sight",
  ],
  ["lines", `a: b\n${"\n".repeat(30)}${"  \n".repeat(30)}c: d\n`, "62:1 60 empty lines put what follows out of sight"],
];

/** What people write, and mean as it stands. */
const PLAIN: Readonly<Record<string, unknown>> = {
  "%YAML 1.2\n---\nEnabled: off\n": { Enabled: "off" },
  "%YAML 1.2 # this version\n---\na: 1\n": { a: 1 },
  "\ufeffa: 1\n": { a: 1 },
  "a: 1\r\nb:\t2\r\n": { a: 1, b: 2 },
  "x-a: &a {b: 1}\nc: *a\nd: {<<: *a, e: 2}\n": { "x-a": { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } },
  "x-a: &a {b: 1}\nc: {<<: *a, b: 2}\n": { "x-a": { b: 1 }, c: { b: 2 } },
  "a: !!str 012\n": { a: "012" },
  "? a\n: 1\n": { a: 1 },
  'a: "\\\\x55 \\u00fc \\u003c \\" \\/ \\n \\t \\e"\n': { a: '\\x55 \u00fc < " / \n \t \u001b' },
  "a: |2\n   b: 1\nc: 2\n": { a: " b: 1\n", c: 2 },
  "a: caf\u00e9 # \u00ab\u00a0oui\u00a0\u00bb, \u{1f469}\u200d\u{1f4bb}\n": { a: "caf\u00e9" },
  [`a: 1${" ".repeat(40)}# far\n`]: { a: 1 },
  [`a: 1\n${" ".repeat(40)}# far\n${"\t".repeat(6)}\n${" ".repeat(200)}\n`]: { a: 1 },
};

describe("a text that says something else than it shows", () => {
  for (const [what, text, problem] of REFUSED) {
    it(`is refused: ${what}`, () => {
      const [first] = readYaml(text).problems;
      expect(`${first?.line}:${first?.column} ${first?.message}`).to.equal(problem);
      expect(first?.severity).to.equal("error");
    });
  }

  for (const [what, text, problem] of WARNED) {
    it(`is warned of: ${what || "what stands far to the right"}`, () => {
      const { problems } = readYaml(text);
      expect(problems.map((one) => `${one.line}:${one.column} ${one.message}`)).to.deep.equal([problem]);
      expect(problems[0]?.severity).to.equal("warning");
    });
  }

  for (const [text, data] of Object.entries(PLAIN)) {
    it(`is not ${shown(text)}`, () => {
      expect(readYaml(text)).to.deep.include({ data, problems: [] });
    });
  }

  it("gives no definition, such as one with another address than the one that stands there", async () => {
    const written = Object.entries(definition()).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    const text = ["x-k: &u Url", ...written, "*u : sftp.evil.example", ""].join("\n");
    expect((await load({ "a.yaml": text })).definitions).to.deep.equal([]);
  });

  it("is warned of once, whatever field it is in", async () => {
    const odd = "part\u200bner";
    const { problems } = await load({
      "a.json": definition({
        Description: odd,
        SyncSettings: [sync({ LocalRepository: { BucketName: "data-lake", Prefix: odd } })],
      }),
    });
    const unseen = problems.filter(({ message }) => message === "U+200B stands here, which nobody sees");
    expect(unseen.map(({ line }) => line)).to.deep.equal([12, 20]);
    expect(problems.filter(({ message }) => /sees/.test(message))).to.deep.equal(unseen);
  });

  it("is looked for in the settings too", () => {
    const { problems, settings } = readSettings('{"context": {"region": "eu-central-1", "serviceName": "a\u200bb"}}');
    expect(problems.map(({ severity, message }) => `${severity} ${message}`)).to.deep.equal([
      "warning U+200B stands here, which nobody sees",
    ]);
    expect(settings?.serviceName).to.equal("a\u200bb");
  });
});
