// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's templates are the subject
import { Lazy, Token } from "cdktf";
import { expect } from "chai";
import { jsonText, literal } from "../../../stacks/terraform/terraform-text";

const texts = [
  { name: "plain text", text: "/data/%year%/*.{csv,txt}", result: "/data/%year%/*.{csv,txt}" },
  { name: "what looks like a reference", text: "/data/${x}", result: "/data/$${x}" },
  { name: "what looks like a directive", text: "/data/%{if}", result: "/data/%%{if}" },
  { name: "several of them", text: "${a}${b}%{c}", result: "$${a}$${b}%%{c}" },
  { name: "a lone dollar and percent", text: "5$ {x} 5% {y}", result: "5$ {x} 5% {y}" },
];

describe("literal", () => {
  for (const { name, text, result } of texts) {
    it(`keeps the meaning of ${name}`, () => {
      expect(literal(text)).to.equal(result);
    });
  }

  it("leaves CDKTF's references alone", () => {
    const reference = Token.asString(Lazy.stringValue({ produce: () => "later" }));
    expect(literal(`a ${reference} b`)).to.equal(`a ${reference} b`);
  });
});

describe("jsonText", () => {
  it("keeps the order of keys and escapes values", () => {
    expect(jsonText({ b: "${x}", a: 1 })).to.equal('{"b":"$${x}","a":1}');
  });
});
