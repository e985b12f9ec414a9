import { expect } from "chai";
import { definition, load, summary, sync } from "../../support";

const globs = async (RemoteFolders: Record<string, unknown>) =>
  summary(
    await load({
      "a.json": definition({ SyncSettings: [sync({ RemoteFolders: { Folder: "/in/data", ...RemoteFolders } })] }),
    }),
  ).map((text) => text.replace(/^warning SyncSettings\[0\]\.RemoteFolders\./, ""));

const TOP_ONLY = "takes files of Folder itself alone, and none of the folders below";
const NONE = "takes no file: it names what lies in folders, and Recursive is false";
const FROM_FOLDER = "begins with Folder itself, and globs are relative to it";

describe("globsFitFolder", () => {
  for (const glob of ["*.csv", "report.pdf", "*", "!(*.tmp)", "{a,b}.csv"]) {
    it(`warns that ${glob} takes no file further down`, async () => {
      expect(await globs({ Recursive: true, Include: [glob] })).to.deep.equal([`Include[0]: ${TOP_ONLY}`]);
      expect(await globs({ Recursive: true, Exclude: ["a/**", glob] })).to.deep.equal([`Exclude[1]: ${TOP_ONLY}`]);
      expect(await globs({ Recursive: false, Include: [glob] })).to.deep.equal([]);
    });
  }

  for (const glob of ["sub/*.csv", "*/a.csv", "a/**", "**/a/b.csv"]) {
    it(`warns that ${glob} takes no file of one folder`, async () => {
      expect(await globs({ Recursive: false, Include: [glob] })).to.deep.equal([`Include[0]: ${NONE}`]);
      expect(await globs({ Recursive: true, Include: [glob] })).to.deep.equal([]);
    });
  }

  for (const glob of ["in/data/*.csv", "in/data/**", "in/data"]) {
    it(`warns that ${glob} repeats the folder`, async () => {
      expect(await globs({ Recursive: true, Include: [glob] })).to.deep.equal([`Include[0]: ${FROM_FOLDER}`]);
    });
  }

  for (const glob of ["**", "**.csv", "{**,a}", "**/*.csv", "in/database/*", "{a,b/c}.csv"]) {
    it(`has nothing to say of ${glob}`, async () => {
      expect(await globs({ Recursive: true, Include: [glob] })).to.deep.equal([]);
    });
  }

  it("names what was probably meant", async () => {
    const { problems } = await load({
      "a.json": definition({
        SyncSettings: [
          sync({ RemoteFolders: { Folder: "/in", Recursive: true, Include: ["*.csv", "in/a/*.csv", "in/x"] } }),
        ],
      }),
    });
    expect(problems.map(({ allowed }) => allowed)).to.deep.equal([
      '"**/*.csv" for files at every level',
      '"a/*.csv"',
      '"x"',
    ]);
  });
});
