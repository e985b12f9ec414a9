import { expect } from "chai";
import stringWidth from "string-width";
import { table } from "../../scripts/terminal/table";

const COLUMNS = [{ head: "Name" }, { head: "Files", align: "right" }, { head: "Why" }] as const;

describe("a table", () => {
  it("is as wide as its texts, without blanks at the ends of lines", () => {
    const text = table(
      COLUMNS,
      [
        ["a", "5", "new\nchanged"],
        ["partner / in", "1000", ""],
      ],
      { width: 80 },
    );
    expect(text).to.equal(
      [
        "Name          Files  Why",
        "a                 5  new",
        "                     changed",
        "partner / in   1000",
      ].join("\n"),
    );
  });

  for (const width of [40, 60, 80, 200]) {
    it(`takes no more than ${width} columns, and loses nothing`, () => {
      const name = "a-partner-with-a-long-name / and-a-sync-with-a-longer-one";
      const text = table(COLUMNS, [[name, "12", "r".repeat(90)]], { width });
      expect(Math.max(...text.split("\n").map((line) => stringWidth(line)))).to.be.at.most(width);
      expect(text.replaceAll(/\s/g, "").match(/r/g)).to.have.lengthOf.at.least(90);
    });
  }

  it("breaks no cell of a column that is to be whole, where others can give way", () => {
    const name = "20261201T043445122Z-e7cb61";
    const columns = [{ head: "Sync" }, { head: "Run", isWhole: true }];
    const text = table(columns, [["s".repeat(40), name]], { width: 60 });
    expect(text).to.contain(name);
    expect(
      table(columns, [["s".repeat(10), "r".repeat(70)]], { width: 60 })
        .split("\n")
        .map((line) => line.length),
    ).to.satisfy((widths: number[]) => widths.every((width) => width <= 60));
  });

  it("takes no more with blanks before its lines, which count", () => {
    const lines = table(COLUMNS, [["n".repeat(40), "12", "r".repeat(90)]], { width: 60, indent: 4 }).split("\n");
    expect(Math.max(...lines.map((line) => stringWidth(line)))).to.equal(60);
    expect(lines.filter((line) => !line.startsWith("    "))).to.deep.equal([]);
  });

  it("counts columns of letters that take two", () => {
    const text = table([{ head: "A" }, { head: "B" }], [["日本語", "x"]], { width: 80 });
    expect(text).to.equal("A       B\n日本語  x");
  });

  it("shows what could end a line or colour the terminal as text", () => {
    expect(table([{ head: "A" }], [["a\u001b[31m\r"]], { width: 80 })).to.equal("A\na\\u001b[31m\\u000d");
  });

  it("leaves cells that are missing empty", () => {
    expect(table(COLUMNS, [["a"]], { width: 80 })).to.equal("Name  Files  Why\na");
  });

  it("has as many lines as there are rows, of which a stack has no room for all at once", () => {
    const rows = Array.from({ length: 130_000 }, (_, index) => [`${index}`]);
    const [head, ...lines] = table([{ head: "#" }], rows, { width: 80 }).split("\n");
    expect(head).to.equal("#");
    expect(lines.every((line, index) => line === `${index}`)).to.equal(true);
    expect(lines).to.have.lengthOf(rows.length);
  }).timeout(120_000);
});
