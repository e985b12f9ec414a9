import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { readDefinition } from "../../config/definition/definition-file";
import { shellWords } from "../../scripts/commands/command-line";
import { expectConsent } from "../../scripts/commands/consent/consent";
import { targetsText } from "../../scripts/commands/targets";
import { definition } from "../config/support";
import { errorOf } from "../support/errors";
import { isOnPath } from "../support/on-path";
import { tempFolder } from "../support/temp-folder";

/** A name of a file as somebody may choose it for what prints it. */
const FILE = "servers/it's\n::error file=b.yaml::done \u001b[2J\u202e.yaml";

describe("names that others chose, where a command shows them", () => {
  it("stay in their line of the question", async () => {
    const project = tempFolder();
    const { definition: server } = readDefinition("a.json", JSON.stringify(definition()));
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return "n";
    };
    if (server === undefined) {
      throw new Error("The definition of the test is not valid");
    }
    const asked = expectConsent(FILE, server, { ask, project, username: "u" });
    expect((await errorOf(asked)).message).to.equal("Nothing was sent to sftp.example.com");
    expect(questions).to.have.lengthOf(1);
    expect(questions[0]).to.match(
      /^servers\/it's\\u\{a\}::error file=b\.yaml::done \\u\{1b\}\[2J\\u\{202e\}\.yaml is on no/,
    );
  });

  it("are what a shell reads, in the command that is next", function () {
    const words = ["validate", FILE, "a b", "it's", "plain.yaml"];
    const text = shellWords(words);
    expect(text).to.match(/^[ -~]+$/);
    if (!isOnPath("bash")) {
      this.skip();
    }
    const env = { ...process.env, LC_ALL: "C.UTF-8" };
    const read = execFileSync("bash", ["-c", `printf '%s\\0' ${text}`], { encoding: "utf8", env });
    expect(read).to.equal(`${words.join("\0")}\0`);
  });

  it("keep their direction in the summary of where servers write", () => {
    const writes = ["s3://lake/in\u202etxt/"];
    expect(targetsText([{ server: "a", writes, allowed: ["lake/in\u200b"] }])).to.equal(
      "a writes to s3://lake/in\\u{202e}txt/ (targetBuckets allows lake/in\\u{200b})",
    );
  });

  it("are no commands to CI there", () => {
    const writes = ["s3://lake/##[group]x/"];
    expect(targetsText([{ server: "a", writes, allowed: ["lake"] }])).to.equal(
      "a writes to s3://lake/# #[group]x/ (targetBuckets allows lake)",
    );
  });
});
