import { expect } from "chai";
import { firstBeyondAscii, oddCharacterWarnings, unseenCharacters } from "../../../config/fields/odd-characters";
import { definition, load, shown, summary, sync } from "../support";

const ODD: readonly (readonly [string, string])[] = [
  ["/d\u0430ta", "U+0430 at character 3, a Cyrillic letter in a word of Latin ones"],
  ["in/\u0440\u0430yment", "U+0440 at character 4, a Cyrillic letter in a word of Latin ones"],
  ["\u0434\u0430\u043d\u043d\u044be", "U+0065 at character 6, a Latin letter in a word of Cyrillic ones"],
  ["\u{1f600}/c\u03bfde", "U+03BF at character 4, a Greek letter in a word of Latin ones"],
  ["a\u00a0b", "U+00A0 at character 2, which looks like a usual blank"],
  ["a\u2800b", "U+2800 at character 2, which looks like a usual blank"],
];

/** The first character that nobody sees, and its place. */
const UNSEEN: readonly (readonly [text: string, name: string, offset: number])[] = [
  ["a\u200bb", "U+200B", 1],
  ["a\u200cb", "U+200C", 1],
  ["\ufeffdata", "U+FEFF", 0],
  ["a\u00adb", "U+00AD", 1],
  ["a\u202exslx", "U+202E", 1],
  ["a\u200fb", "U+200F", 1],
  ["a\u2066b", "U+2066", 1],
  ["a\u3164b", "U+3164", 1],
  ["a\ufe0fb", "U+FE0F", 1],
  ["\u{1f600}\u{e0041}", "U+E0041", 2],
];

const PLAIN = [
  "/data/2026 in_x-y.z",
  "/\u0434\u0430\u043d\u043d\u044b\u0435/\u043e\u0442\u0447\u0451\u0442 \u2116 5",
  "/\u0434\u0430\u043d\u043d\u044b\u0435/csv-\u0444\u0430\u0439\u043b\u044b",
  "/\u043c\u02bc\u044f\u0441\u043e/\u0439\u043e\u0301",
  "/\u03b4\u03b5\u03b4\u03bf\u03bc\u03ad\u03bd\u03b1",
  "/\u6570\u636e/\u30ec\u30dd\u30fc\u30c8\u3000CSV\u30d5\u30a1\u30a4\u30eb",
  "/\u0628\u064a\u0627\u0646\u0627\u062a",
  "/\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
  "/\u0915\u094d\u200d\u0937",
  "/Cr\u00e8me/u\u0308ber/\u00c5ngstr\u00f6m",
  "/\u{1f469}\u200d\u{1f4bb}/\u2764\ufe0f",
  "/5k\u03a9/10\u03bcm/3\u00b5m",
  "/\uff21\uff22\uff23",
];

describe("oddCharacterWarnings", () => {
  for (const [text, message] of ODD) {
    it(`names the character in ${shown(text)}`, () => {
      const warnings = oddCharacterWarnings(text);
      expect(warnings.map((one) => `${one.severity} ${one.message}`)).to.deep.equal([`warning has ${message}`]);
    });
  }

  for (const text of PLAIN) {
    it(`has nothing to say of ${shown(text)}`, () => {
      expect(oddCharacterWarnings(text)).to.deep.equal([]);
      expect(unseenCharacters(text)).to.deep.equal([]);
    });
  }

  for (const [text, name, offset] of UNSEEN) {
    it(`leaves ${name} in ${shown(text)} to who looks at the whole text`, () => {
      expect(unseenCharacters(text)).to.deep.equal([{ name, offset }]);
      expect(oddCharacterWarnings(text)).to.deep.equal([]);
    });
  }

  it("is asked of every name, path and glob", async () => {
    const odd = "p\u0430rt";
    const written = definition({
      Name: odd,
      SyncSettings: [
        sync({
          Name: odd,
          LocalRepository: { BucketName: "lake", Prefix: odd },
          RemoteFolders: { Folder: `/${odd}`, Recursive: false, Include: [odd], Exclude: [`${odd}.csv`] },
        }),
      ],
    });
    const found = summary(await load({ "a.json": written })).filter((text) => text.includes("U+0430"));
    const inSync = "SyncSettings[0].";
    expect(found.map((text) => text.split(":")[0])).to.have.members([
      "warning Name",
      `warning ${inSync}Name`,
      `warning ${inSync}LocalRepository.Prefix`,
      `warning ${inSync}RemoteFolders.Folder`,
      `warning ${inSync}RemoteFolders.Include[0]`,
      `warning ${inSync}RemoteFolders.Exclude[0]`,
    ]);
  });

  it("names the character for which a bucket is refused", async () => {
    const LocalRepository = { BucketName: "l\u0430ke", Prefix: "" };
    const texts = summary(await load({ "a.json": definition({ SyncSettings: [sync({ LocalRepository })] }) }));
    expect(texts.join()).to.include("is not a valid bucket name: it has U+0430 at character 2");
    expect(firstBeyondAscii("lake")).to.equal(undefined);
  });

  it("refuses control characters in each of them", async () => {
    for (const text of ["a\u0000b", "a\u001bb", "a\u0085b", "a\nb", "a\u2028b"]) {
      for (const changes of [
        { LocalRepository: { BucketName: "lake", Prefix: text } },
        { RemoteFolders: { Folder: `/${text}`, Recursive: true } },
        { RemoteFolders: { Folder: "/a", Recursive: false, Include: [text] } },
        { RemoteFolders: { Folder: "/a", Recursive: false, Exclude: [text] } },
      ]) {
        const { definitions } = await load({ "a.json": definition({ SyncSettings: [sync(changes)] }) });
        expect(definitions, JSON.stringify(changes)).to.deep.equal([]);
      }
    }
    expect((await load({ "a.json": definition({ Description: "a\u001b[31m" }) })).definitions).to.deep.equal([]);
    expect((await load({ "a.json": definition({ Description: "two\nlines\t\r\n" }) })).problems).to.deep.equal([]);
  });
});

describe("blanks at the ends of names", () => {
  const warnings = async (prefix: string, folder: string, glob: string) => {
    const setting = sync({
      LocalRepository: { BucketName: "data-lake", Prefix: prefix },
      RemoteFolders: { Folder: folder, Recursive: true, Include: [glob] },
    });
    const { problems } = await load({ "a.json": definition({ SyncSettings: [setting] }) });
    return problems
      .filter(({ message }) => message.startsWith("has a blank"))
      .map(({ path, line, column, message }) => `${line > 1 && column > 1} ${path}: ${message}`);
  };

  it("are told in Prefix, Folder and globs, where they belong to the name", async () => {
    expect(await warnings("in ", "/a /b", "**/ *.csv")).to.deep.equal([
      "true SyncSettings[0].LocalRepository.Prefix: has a blank at the beginning or end of a name, U+0020 at character 3",
      "true SyncSettings[0].RemoteFolders.Folder: has a blank at the beginning or end of a name, U+0020 at character 3",
      "true SyncSettings[0].RemoteFolders.Include[0]: has a blank at the beginning or end of a name, U+0020 at character 4",
    ]);
  });

  it("are none within a name", async () => {
    expect(await warnings("in box", "/a b/c", "* *.csv")).to.deep.equal([]);
  });
});
