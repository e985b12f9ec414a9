import { expect } from "chai";
import { formatProblem } from "../../config/problems/problem";
import { definition, load } from "./support";

const SECRET = "hunter2";

/** Texts that hold a credential where none belongs, in the YAML of a file. */
const FILES: Readonly<Record<string, string>> = {
  "a key without its begin mark in place of the list": `Name: p\nPublicKey: MIIEowIBAAKCAQEA${SECRET}\n`,
  "a private key of PuTTY's": `PublicKey: |\n  PuTTY-User-Key-File-3: ssh-rsa\n  Private-Lines: 1\n  ${SECRET}\n`,
  "a password without a space after its colon": `{Name: p, Password:${SECRET}}\n`,
  "a private key as a key": `"-----BEGIN PRIVATE KEY-----\\n${SECRET}": 1\n`,
  "a map as a key": `? {Password: ${SECRET}}\n: 1\n`,
  "a URL as a key": `sftp://user:${SECRET}@host: 1\n`,
  "a URL with a slash in its password as a folder": `SyncSettings: [{RemoteFolders: {Folder: "sftp://u:x/${SECRET}@h/x"}}]\n`,
  "a user and a password as a schedule": `Schedule: "@user:${SECRET}@host"\n`,
  "a user and a password in a cron expression": `Schedule: "* user:${SECRET}@host * * ? *"\n`,
  "a password whose @ is encoded": `Url: "sftp://user:${SECRET}%40host/"\n`,
  "a password in place of the port": `Url: "user:${SECRET}:host"\n`,
  "a password behind a host": `Url: "host:${SECRET}"\n`,
};

describe("what is said of a file", () => {
  for (const [what, text] of Object.entries(FILES)) {
    it(`does not show ${what}`, async () => {
      const { problems } = await load({ "a.yaml": text });
      expect(problems).not.to.deep.equal([]);
      expect(JSON.stringify(problems)).not.to.match(new RegExp(SECRET, "i"));
    });
  }

  const hostile: Readonly<Record<string, Record<string, unknown>>> = {
    "a line end": { "a\nb": 1 },
    "an escape sequence": { "a\u001b[31mb": 1 },
    "a mark of direction": { "a\u202eb": 1, Schedule: "@a\u202eb" },
    "a line separator": { Schedule: "@a\u2028b" },
    "much text": { ["x".repeat(500)]: 1, Schedule: `0 ${"y".repeat(500)} * * ? *` },
  };
  for (const [what, fields] of Object.entries(hostile)) {
    it(`stays on one short line with ${what} in it`, async () => {
      const { problems } = await load({ "a.json": definition(fields) });
      // One of a field each; what nobody sees is told of the text besides.
      expect(problems.filter(({ message }) => !/nobody sees/.test(message))).to.have.lengthOf(
        Object.keys(fields).length,
      );
      for (const line of problems.map(formatProblem)) {
        expect(line).to.match(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{20,600}$/u);
      }
    });
  }
});
