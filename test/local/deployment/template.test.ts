// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Terraform.
import { expect } from "chai";
import { parseReference, parseTemplate } from "../../../local/deployment/template";

describe("parseTemplate", () => {
  const cases: [text: string, parts: object[]][] = [
    ["", []],
    ["plain", [{ text: "plain" }]],
    ["${a.b.c}", [{ expression: "a.b.c" }]],
    ["arn:${a.b}/x", [{ text: "arn:" }, { expression: "a.b" }, { text: "/x" }]],
    ['${a["}"].b}', [{ expression: 'a["}"].b' }]],
    [
      "literal $${x} and %%{y}",
      [{ text: "literal " }, { text: "${" }, { text: "x} and " }, { text: "%{" }, { text: "y}" }],
    ],
    ["JSONPath $.a and $$.b", [{ text: "JSONPath $.a and $$.b" }]],
  ];
  for (const [text, parts] of cases) {
    it(`splits ${JSON.stringify(text)}`, () => {
      expect(parseTemplate(text)).to.deep.equal(parts);
    });
  }
});

describe("parseReference", () => {
  const cases: [expression: string, steps: string[] | undefined][] = [
    ["aws_s3_bucket.results.arn", ["aws_s3_bucket", "results", "arn"]],
    ["aws_scheduler_schedule.sync_a-b_schedule.id", ["aws_scheduler_schedule", "sync_a-b_schedule", "id"]],
    ['data.x.y.tags["a b"]', ["data", "x", "y", "tags", "a b"]],
    ["a.b.list[0].name", ["a", "b", "list", "0", "name"]],
    ["jsonencode({})", undefined],
    ["a.b == 1", undefined],
  ];
  for (const [expression, steps] of cases) {
    it(`${steps === undefined ? "does not know" : "reads"} ${expression}`, () => {
      expect(parseReference(expression)).to.deep.equal(steps);
    });
  }
});
