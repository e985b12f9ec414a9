import { expect } from "chai";
import * as z from "zod";
import { error, type Parsed, warning } from "../../../config/problems/problem";
import { valuesOf } from "../../../config/tree/field-tree";
import { parsedText } from "../../../config/tree/parsed-text";
import { readFields } from "../../../config/tree/read-fields";

/** Digits as a number; with a plus sign, which is not needed. */
function parseCount(text: string): Parsed<number> {
  if (!/^\+?\d+$/.test(text)) {
    return { findings: [error("is no count")] };
  }
  return { value: Number(text), findings: text.startsWith("+") ? [warning("has a plus sign")] : [] };
}

const count = parsedText(parseCount, { maxLength: 20 });

const schema = z.strictObject({
  Count: count,
  Limit: count.prefault("9"),
  Note: count.optional(),
  Flag: z.boolean().default(true),
  Counts: z.array(count).max(2).prefault([]),
  Boxes: z.array(z.strictObject({ Size: z.int() })).min(1),
});

function read(data: Record<string, unknown>) {
  const { fields, findings } = readFields(schema, data);
  const texts = findings.map(({ path, finding }) => `${finding.severity} ${path.join(".")}: ${finding.message}`);
  return { fields, values: valuesOf(fields), findings: texts };
}

describe("readFields", () => {
  it("gives every field's value, parsed or by default", () => {
    const { values, findings } = read({ Count: "+3", Counts: ["1", "2"], Boxes: [{ Size: 4 }] });
    expect(values).to.deep.equal({ Count: 3, Limit: 9, Flag: true, Counts: [1, 2], Boxes: [{ Size: 4 }] });
    expect(findings).to.deep.equal(["warning Count: has a plus sign"]);
  });

  it("gives the values that are right beside those that are wrong", () => {
    const { fields, values, findings } = read({
      Count: "x",
      Flag: 1,
      Counts: ["1", "y", 3],
      Boxes: [{ Size: 4 }, "z"],
    });
    expect(values).to.deep.equal({ Limit: 9, Counts: [1, undefined], Boxes: [{ Size: 4 }, undefined] });
    expect(fields.Boxes.items.map((box) => box.fields?.Size.value)).to.deep.equal([4, undefined]);
    expect(findings).to.deep.equal([
      "error Flag: has the wrong type",
      "error Counts: has too many entries",
      "error Boxes.1: has the wrong type",
      "error Count: is no count",
      "error Counts.1: is no count",
    ]);
  });

  it("tells a field that is missing from one that is empty or unknown", () => {
    const { fields, findings } = read({ Note: null, Boxes: [{ Sise: 4 }] });
    expect(fields.Count.written).to.equal(undefined);
    expect(fields.Note.written).to.equal(null);
    expect(findings).to.deep.equal([
      "error Count: is missing",
      "error Note: has no value",
      "error Boxes.0.Size: is missing",
      "error Boxes.0.Sise: unknown key Sise; did you mean Size?",
    ]);
  });

  it("takes nothing from an object's prototype for a field", () => {
    const { fields } = readFields(z.strictObject({ constructor: z.unknown().optional() }), {});
    expect(fields.constructor.written).to.equal(undefined);
  });

  it("says of a list or a map that is none only this", () => {
    expect(read({ Count: "1", Counts: "1", Boxes: {} }).findings).to.deep.equal([
      "error Counts: has the wrong type",
      "error Boxes: has the wrong type",
    ]);
  });

  it("knows where each field stands", () => {
    const { fields } = read({ Count: "1", Counts: ["2"], Boxes: [{ Size: 3 }] });
    expect(fields.Counts.items[0]?.path).to.deep.equal(["Counts", 0]);
    expect(fields.Boxes.items[0]?.fields?.Size.path).to.deep.equal(["Boxes", 0, "Size"]);
  });

  it("does not look at a text that is longer than it may be, and does not show it", () => {
    const { findings } = readFields(schema, { Count: "9".repeat(20), Note: "+".repeat(21), Boxes: [{ Size: 1 }] });
    expect(findings).to.deep.equal([
      {
        path: ["Note"],
        part: "value",
        finding: error("is too long", { received: "21 characters", allowed: "at most 20 characters" }),
      },
    ]);
  });
});
