import { expect } from "chai";
import { readYaml } from "../../../config/yaml/yaml-source";

function problemsOf(text: string): string[] {
  return readYaml(text).problems.map(
    ({ line, column, severity, message }) => `${line}:${column} ${severity}: ${message}`,
  );
}

describe("readYaml", () => {
  const broken: readonly (readonly [string, string, string])[] = [
    ["an empty text", "", "1:1 error: the file is empty"],
    ["comments alone", "# nothing\n", "1:1 error: the file is empty"],
    ["a list at the top", "\n- a\n", "2:1 error: the file must hold a map of fields"],
    ["a single value", "hello\n", "1:1 error: the file must hold a map of fields"],
    ["two documents", "a: 1\n---\nb: 2\n", "3:1 error: a second YAML document begins here"],
    ["a tab as indentation", "a:\n\tb: 1\n", "2:1 error: YAML: a tab is used as indentation"],
    ["a tag without quotes", "a: @hourly\n", "1:4 error: YAML: a value cannot start with @ unless it is in quotes"],
    ["a folder without quotes", "a: %year%\n", "1:4 error: YAML: a value cannot start with % unless it is in quotes"],
    ["an unknown alias", "a: *b\n", "1:4 error: YAML: this alias (*) has no anchor (&) before it"],
    ["an unclosed quote, where it opens", 'a: 1\nb: "b\nc: 2\n', '2:4 error: YAML: Missing closing "quote'],
    [
      "a cron expression without quotes, once",
      "a: * * * ? *\n",
      "1:4 error: YAML: this alias (*) has no anchor (&) before it",
    ],
    ["a step without quotes, once", "a: */5 * * ? *\n", "1:4 error: YAML: this alias (*) has no anchor (&) before it"],
    ["a key in another column", "a: 1\n  b: 2\n", "1:4 error: YAML: a key cannot begin here"],
    [
      "a tab without what follows from it",
      "a:\n\tb: 1\n  c: 2\nd: 3\n",
      "2:1 error: YAML: a tab is used as indentation",
    ],
    [
      "unclosed brackets, once",
      "a: {b: {c: 1\nd: 2\n",
      "2:1 error: YAML: Flow map in block collection must be sufficiently indented and end with a }",
    ],
    ["text after a scalar", 'a: "b" c\n', "1:8 error: YAML: Unexpected scalar at node end"],
  ];
  for (const [what, text, problem] of broken) {
    it(`locates ${what}`, () => {
      expect(problemsOf(text)).to.deep.equal([problem]);
      expect(readYaml(text).data).to.equal(undefined);
    });
  }

  it("takes a line of dashes at the beginning and at the end for no document of its own", () => {
    for (const text of ["---\na: 1\n", "a: 1\n---\n", "---\na: 1\n---\n# the end\n", "a: 1\n...\n"]) {
      expect(readYaml(text), text).to.deep.include({ data: { a: 1 }, problems: [] });
    }
  });

  for (const [text, sign] of [
    ["a:\n  - [host]:2222 ssh-rsa AAAA\n", "["],
    ["a: [abc]*.csv\n", "["],
    ["a: {x,y}/*.csv\n", "{"],
    ["a:\n  - |1|F1E1= ssh-rsa AAAA\n", "|"],
    ["a: >x.csv y\n", ">"],
  ] as const) {
    it(`says of ${JSON.stringify(text)} that text that begins with ${sign} goes in quotes`, () => {
      const [problem] = readYaml(text).problems;
      expect(problem?.severity).to.equal("error");
      expect(problem?.allowed).to.include(`text that begins with ${sign} goes in quotes`);
    });
  }

  it("says the same of a glob that begins with an exclamation mark", () => {
    const { problems } = readYaml("a:\n  - !*.csv\n");
    expect(problems.map(({ allowed }) => allowed).join()).to.include("text that begins with ! goes in quotes");
  });

  it("warns where a comment cuts off what looks like the rest of a value", () => {
    expect(problemsOf("a: file #1.csv\n")).to.deep.equal([
      "1:9 warning: YAML: what follows # is a comment, and not part of the value",
    ]);
    expect(readYaml("a: file #1.csv\n").data).to.deep.equal({ a: "file" });
  });

  for (const text of [
    "a: file # a comment\n",
    "a: file#1.csv\n",
    'a: "file #1.csv"\n',
    "a: file ## x\n",
    "a: true #not yet\n",
    "a: 5 #seconds\n",
    "#x\na: 1\n",
  ]) {
    it(`has nothing to say of ${JSON.stringify(text)}`, () => {
      expect(problemsOf(text)).to.deep.equal([]);
    });
  }

  for (const quoted of ["\u201cfile\u201d", "\u2018file\u2019", "\u201efile\u201c", "\u00abfile\u00bb"]) {
    it(`warns of typographic quotes, which are part of the text: ${quoted}`, () => {
      expect(problemsOf(`a: ${quoted}\n`)).to.deep.equal([
        "1:4 warning: YAML: typographic quotes are part of the text",
      ]);
      expect(
        problemsOf(`a: "${quoted}"\nb: it\u2019s\nc: \u201eA\u201c and B\nd: \u2019s-Hertogenbosch\n`),
      ).to.deep.equal([]);
    });
  }

  for (const text of [
    '{\n  // a comment\n  "a": 1\n}\n',
    '{\n  "b": 2, // a comment\n  "a": 1\n}\n',
    '{\n  "b": 2, /* a comment */\n  "a": 1\n}\n',
    '{\n  "a": 1 // a comment\n}\n',
    '{\n  "a": "x" // a comment\n}\n',
    '// a comment\n{ "a": 1 }\n',
    '/* a comment */\n{ "a": 1 }\n',
  ]) {
    it(`says that JSON has no comments: ${JSON.stringify(text)}`, () => {
      const { data, problems } = readYaml(text);
      expect(data).to.equal(undefined);
      expect(problems).to.have.lengthOf(1);
      expect(problems[0]?.allowed).to.equal("JSON without comments; YAML's begin with #");
      // By the line of the comment, or what the parser stumbles over behind it.
      expect(
        text
          .split("\n")
          .slice(Math.max(0, (problems[0]?.line ?? 0) - 2))
          .join(),
      ).to.contain("a comment");
    });
  }

  it("takes slashes for text where they are", () => {
    expect(problemsOf('{ "a": "// text", "b": "/in" }\n')).to.deep.equal([]);
    expect(problemsOf("a: //in\nb: { c: //in }\n")).to.deep.equal([]);
    expect(problemsOf("{a: a // b, c: //in, d: [ /* ]}\n")).to.deep.equal([]);
  });

  it("knows how a value is written that is no text", () => {
    const source = readYaml("a: 0123\nb: 1e3\nc: [0x10]\nd: text\ne: &x 010\nf: *x\n");
    const written = [["a"], ["b"], ["c", 0], ["d"], ["e"], ["f"], ["nowhere"]].map((path) => source.written(path));
    expect(written).to.deep.equal(["0123", "1e3", "0x10", undefined, "010", "010", undefined]);
  });

  it("tells what keeps it from reading, however many warnings there are", () => {
    const warned = Array.from({ length: 300 }, (_, i) => `a${i}: file #1\n`).join("");
    const { data, problems } = readYaml(`${warned}b: [\n`);
    expect(data).to.equal(undefined);
    expect(problems.filter(({ severity }) => severity === "error")).to.have.lengthOf(1);
  });

  it("goes on after a repeated key, so that the rest is checked too", () => {
    const source = readYaml("a: 1\nb: 2\na: 3\n");
    expect(source.problems.map(({ line, column, message }) => [line, column, message])).to.deep.equal([
      [3, 1, "the key a is given twice"],
    ]);
    expect(source.data).to.deep.equal({ a: 3, b: 2 });
    expect(source.locate(["a"], "value")).to.deep.equal({ line: 3, column: 4 });
  });

  it("reports an alias bomb instead of expanding it", () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const items = Array.from({ length: 9 }, () => (level === 0 ? "x" : `*a${level - 1}`));
      return `a${level}: &a${level} [${items.join(", ")}]`;
    });
    expect(problemsOf(levels.join("\n"))).to.deep.equal([
      // The last use of the last but one level stands for the most.
      "9:10 error: YAML: the aliases (*) stand for more than 524288 characters and values; this one for the most",
    ]);
  });

  it("takes an alias as often as anybody likes", () => {
    const text = `a: &a {b: [1, 2]}\nc:\n${"  - *a\n".repeat(5000)}`;
    expect(problemsOf(text)).to.deep.equal([]);
    expect(readYaml(text).data?.c).to.have.lengthOf(5000);
  });

  const endless: readonly (readonly [string, string, string])[] = [
    ["an alias within its anchor", "a: &a\n  b: [1, *a]\n", "2:10 error: YAML: this alias (*) leads back to itself"],
    ["a merge key within its anchor", "a: &a\n  <<: *a\n", "2:7 error: YAML: this alias (*) leads back to itself"],
    ["a merge key of a text", "a:\n  <<: x\n", "2:7 error: YAML: a merge key (<<) takes maps alone"],
    [
      "merge keys that double",
      `x: &m0 {${Array.from({ length: 50 }, (_, i) => `k${i}: 1`).join(", ")}}\n${Array.from({ length: 5000 }, (_, i) => `x${i}: &m${i + 1} {<<: [*m${i}, *m${i}]}`).join("\n")}`,
      "1002:20 error: YAML: the merge keys (<<) stand for more than 100000 keys",
    ],
  ];
  for (const [what, text, problem] of endless) {
    it(`refuses ${what}`, () => {
      expect(problemsOf(text)).to.deep.equal([problem]);
      expect(readYaml(text).data).to.equal(undefined);
    });
  }

  it("refuses lists that lie too deep in one another", () => {
    const [problem] = problemsOf(`a: ${"[".repeat(60_000)}${"]".repeat(60_000)}`);
    expect(problem).to.match(/^1:\d+ error: YAML: lists and maps lie too deep in one another here$/);
  });

  it("warns of a type tag that it does not know", () => {
    expect(problemsOf("a: !!foo x\n")).to.deep.equal(["1:4 warning: YAML: Unresolved tag"]);
  });

  it("quotes nothing of the text in an error, since it may be a secret", () => {
    expect(JSON.stringify(readYaml("a: |hunter2\n  b\nc: [hunter2\nhunter2: }\n").problems)).not.to.contain("hunter2");
  });

  it("reads JSON, indented with tabs as well", () => {
    const source = readYaml('{\n\t"a": {\n\t\t"b": [1, 2]\n\t}\n}\n');
    expect(source.problems).to.deep.equal([]);
    expect(source.data).to.deep.equal({ a: { b: [1, 2] } });
    expect(source.locate(["a", "b", 1], "value")).to.deep.equal({ line: 3, column: 12 });
  });

  describe("locate", () => {
    const source = readYaml("# comment\na: 1\nb:\n  - c: x\n    d:\n  - &anchor\n    c: y\ne: *anchor\n");
    const cases: readonly (readonly [(string | number)[], "key" | "value", number, number])[] = [
      [["a"], "key", 2, 1],
      [["a"], "value", 2, 4],
      [["b", 0, "c"], "value", 4, 8],
      [["b", 1, "c"], "key", 7, 5],
      [[], "value", 2, 1],
    ];
    for (const [path, part, line, column] of cases) {
      it(`finds the ${part} at ${JSON.stringify(path)}`, () => {
        expect(source.locate(path, part)).to.deep.equal({ line, column });
      });
    }

    it("points to the parent of what is missing", () => {
      expect(source.locate(["b", 0, "missing"], "value")).to.deep.equal({ line: 4, column: 5 });
      expect(source.locate(["missing", "deep"], "value")).to.deep.equal({ line: 2, column: 1 });
    });

    it("points to the key of an empty value", () => {
      expect(source.locate(["b", 0, "d"], "value")).to.deep.equal({ line: 5, column: 5 });
    });

    it("points to an empty text in quotes", () => {
      expect(readYaml('a: ""\n').locate(["a"], "value")).to.deep.equal({ line: 1, column: 4 });
    });

    it("follows merge keys, after the map's own keys, the first of several first", () => {
      const source = readYaml("x: &x {a: 1, b: 2}\ny: &y {a: 3, c: {d: 4}}\nz:\n  <<: [*x, *y]\n  b: 5\n");
      expect(source.data?.z).to.deep.equal({ a: 1, b: 5, c: { d: 4 } });
      expect(source.locate(["z", "a"], "value")).to.deep.equal({ line: 1, column: 11 });
      expect(source.locate(["z", "b"], "value")).to.deep.equal({ line: 5, column: 6 });
      expect(source.locate(["z", "c", "d"], "key")).to.deep.equal({ line: 2, column: 18 });
    });

    it("follows an alias", () => {
      expect(source.locate(["e"], "value")).to.deep.equal({ line: 8, column: 4 });
      expect(source.locate(["e", "c"], "value")).to.deep.equal({ line: 7, column: 8 });
    });
  });
});
