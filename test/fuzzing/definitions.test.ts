import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { readDefinition } from "../../config/definition/definition-file";
import { nearestName } from "../../config/problems/nearest-name";
import { formatProblem, hasErrors, type Problem } from "../../config/problems/problem";
import { readSettings } from "../../config/settings/settings-file";
import { parameterValue } from "../../contract/parameter-value";
import { byHandEvent, runEventSchema } from "../../contract/run-event";
import { readFaults } from "../../local/faults/read-faults";
import { definition } from "../config/support";
import { expectReadable, fuzz } from "./support/fuzz";
import { anyText, mutated, mutatedJsonText } from "./support/hostile";

const ROOT = join(__dirname, "..", "..");
const EXAMPLE = readFileSync(join(ROOT, "servers", "example.yaml"), "utf8");
const SETTINGS = readFileSync(join(ROOT, "cdktf.json"), "utf8");

/** What YAML has besides: names for values, tags, merged maps, several documents. */
const YAML = [
  "x-a: &a [1, 2]\nSyncSettings: [*a, *a]\n",
  "a: &a {b: 1}\nc:\n  <<: *a\n",
  "Name: !!binary aGk=\n",
  "Name: |\n  text\n--- \nName: second\n",
  "? [complex, key]\n: value\n",
  "__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n",
  "Name: 2026-01-01\nUrl: 0o17\nEnabled: yes\n",
  "x-a: &a Url\n*a : text\n? *a\n: {<<: {b: [&b 1, &c [*b], &d [*c]]}, b: 1}\nx-c: *d\n",
  "%YAML 1.1\n%TAG ! tag:yaml.org,2002:\n---\nName: !timestamp 2026-01-01\nUrl: !!set {a}\nSyncSettings: !!omap [a: 1]\n",
];

const definitions = fc.oneof(
  { weight: 3, arbitrary: mutated(fc.constantFrom(EXAMPLE, ...YAML)) },
  { weight: 2, arbitrary: mutatedJsonText(fc.constant(definition())) },
  anyText,
);

function expectProblems(problems: readonly Problem[], text: string): void {
  const lines = text.split(/\r\n|\n|\r/).length;
  for (const problem of problems) {
    expectReadable(formatProblem(problem));
    expect(formatProblem(problem)).not.to.include("\n");
    expect(problem.line).to.be.within(0, lines + 1);
  }
}

describe("hostile definitions", () => {
  it("have problems with a place, or an event that is read as it was written", () => {
    let valid = 0;
    fuzz(definitions, 150, (text) => {
      const { definition: read, problems } = readDefinition("servers/x.yaml", text);
      expect(read === undefined).to.equal(hasErrors(problems));
      expectProblems(problems, text);
      for (const sync of read?.syncs ?? []) {
        valid += 1;
        const target = { connectorId: "c-01234567890abcdef", listResultsBucketName: "results" };
        const event = read && parameterValue(byHandEvent(read, sync, target));
        expect(runEventSchema.parse(JSON.parse(event ?? "")).SyncSettings[0]).to.deep.equal(sync.setting);
      }
    });
    expect(valid).to.be.greaterThan(0);
  });
});

describe("hostile settings", () => {
  it("have problems, or are whole", () => {
    const texts = fc.oneof(mutatedJsonText(fc.constant(JSON.parse(SETTINGS))), mutated(fc.constant(SETTINGS)), anyText);
    fuzz(texts, 100, (text) => {
      const { settings, problems } = readSettings(text);
      expect(settings === undefined).to.equal(hasErrors(problems));
      expectProblems(problems, text);
    });
  });
});

const FAULTS = {
  Throttle: [{ Operation: "StartFileTransfer", After: 1, Every: 2, Times: 3 }],
  S3Error: [{ Operation: "GetObject", Key: "**/*.json", Status: 503 }],
  FailFile: [{ File: "/data/**", Code: "READ_FILE_ERROR", Message: "no" }],
  OddListings: [{ Folder: "/**", Path: "absolute" }],
};

describe("hostile files of faults", () => {
  it("have problems, or are whole", () => {
    fuzz(fc.oneof(mutatedJsonText(fc.constant(FAULTS)), anyText), 80, (text) => {
      const { faults, problems } = readFaults("faults.yaml", text);
      expect(faults === undefined).to.equal(hasErrors(problems));
      expectProblems(problems, text);
    });
  });
});

describe("hostile names", () => {
  it("are near to a name by what they share with it, however long they are", () => {
    const names = ["Name", "Url", "SyncSettings", "PublicKey"];
    fuzz(fc.oneof(mutated(fc.constantFrom(...names)), anyText), 200, (text) => {
      const nearest = nearestName(text, names);
      expect(nearest === undefined || names.includes(nearest)).to.equal(true);
      expect(names.map((name) => nearestName(name, names))).to.deep.equal(names);
    });
  });
});
