import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readDefinition } from "../../../config/definition/definition-file";
import { type SftpServer, startSftpServer } from "../../../local/sftp-server/sftp-server";
import { replaceFile, writeNewFile } from "../../../scripts/commands/definitions/definition-store";
import { serverHostKeys } from "../../../scripts/commands/definitions/host-keys";
import { type NewFlags, prepareDefinition } from "../../../scripts/commands/definitions/new";
import { shortLines } from "../../../scripts/terminal/short-lines";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";

const never = new AbortController().signal;

describe("a new definition", () => {
  const attempts: string[] = [];
  let server: SftpServer;
  let flags: NewFlags;

  before(async () => {
    const onLoginAttempt = (username: string) => attempts.push(username);
    server = await startSftpServer({ root: tempFolder(), username: "partner", password: "secret", onLoginAttempt });
    const url = `${server.host}:${server.port}`;
    const [rsa] = await serverHostKeys(url, never);
    flags = {
      name: "Partner X of the test",
      url,
      acceptHostKey: [rsa?.fingerprint ?? ""],
      folder: "/out/%year%",
      bucket: "lake",
      prefix: "x",
      schedule: "cron(30 * * * ? *)",
      timezone: "Europe/Berlin",
    };
  });
  after(() => server.close());

  const prepare = (changes: Partial<NewFlags>) =>
    prepareDefinition({
      flags: { ...flags, ...changes },
      prompts: () => {
        throw new Error("asks");
      },
      signal: never,
      env: { SFTP_USERNAME: "partner", SFTP_PASSWORD: "secret" },
    });

  it("comes from options alone: with the key of the accepted fingerprint, and without a login", async () => {
    const { name, file, text, problems } = await prepare({});
    expect({ name, file, problems }).to.deep.equal({
      name: "partner-x-of-the-test",
      file: join("servers", "partner-x-of-the-test.yaml"),
      problems: [],
    });
    expect(text).to.match(/^# yaml-language-server: \$schema=\.\/server\.schema\.json\n/);
    const { definition } = readDefinition(file, text);
    expect(definition?.trustedHostKeys).to.deep.equal(server.hostPublicKeys.slice(0, 1));
    expect(definition?.syncs[0]).to.deep.include({
      schedule: { kind: "cron", expression: "cron(30 * * * ? *)", timezone: "Europe/Berlin" },
    });
    expect(definition?.syncs[0]?.setting).to.nested.include({
      "LocalRepository.BucketName": "lake",
      "LocalRepository.Prefix": "x",
      "RemoteFolders.Folder": "/out/%year%",
      "RemoteFolders.Recursive": true,
    });
    expect(attempts).to.deep.equal([]);
  });

  const refused: readonly [what: string, changes: Partial<NewFlags>, message: RegExp][] = [
    ["a folder that is not absolute", { folder: "out" }, /^--folder is not absolute \(allowed: /],
    ["a schedule that is none", { schedule: "never" }, /^--schedule is not a schedule \(allowed: /],
    ["a second glob that is none", { include: ["*.csv", "/x"] }, /^--include /],
    ["a fingerprint that the server does not have", { acceptHostKey: [`SHA256:${"A".repeat(43)}`] }, /has no host key/],
    ["a file that is there", { name: "example" }, /example\.yaml is there already, and is not overwritten$/],
    ["a name without letters", { name: "?" }, /^Name has no letter a-z and no digit/],
    ["what no option gives", { bucket: undefined }, /^asks$/],
    ["host keys that nobody has confirmed", { acceptHostKey: [] }, /^asks$/],
  ];
  for (const [what, changes, message] of refused) {
    it(`is refused with ${what}`, async () => {
      expect((await errorOf(prepare(changes))).message).to.match(message);
    });
  }

  it("is written where there is nothing, and never over a file", async () => {
    const file = join(tempFolder(), "servers", "a.yaml");
    await writeNewFile(file, "Name: a\n");
    expect((await errorOf(writeNewFile(file, "Name: b\n"))).message).to.match(/is there already/);
    expect(readFileSync(file, "utf8")).to.equal("Name: a\n");
  });

  it("takes the place of another text only where nobody has changed that meanwhile", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "servers"));
    const file = join(folder, "servers", "a.yaml");
    writeFileSync(file, "Name: a\n");
    await replaceFile(file, "Name: a\n", "Name: b\n");
    expect((await errorOf(replaceFile(file, "Name: a\n", "Name: c\n"))).message).to.match(/changed meanwhile/);
    expect(readFileSync(file, "utf8")).to.equal("Name: b\n");
    expect(existsSync(join(folder, "servers", "a.yaml"))).to.equal(true);
  });

  it("is shown with long lines without their middle", () => {
    expect(shortLines(`short\n${"a".repeat(30)}${"b".repeat(30)}\n`, 20)).to.equal(
      `short\n${"a".repeat(9)}...${"b".repeat(8)}\n`,
    );
  });
});
