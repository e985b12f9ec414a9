import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type SFTPWrapper, utils } from "ssh2";
import { tempFolder } from "../../support/temp-folder";
import { type OddTransfer, withOddSftp } from "./odd-sftp";

const { STATUS_CODE } = utils.sftp;

/** As the login has it. */
const PASSWORD = "pass-phrase-7";

const messageOf = (event: object): string => String(Reflect.get(Reflect.get(event, "detail"), "failure-message"));

/** What is said of a folder whose listing fails with these words of the server. */
async function listingWith(words: string, request: "OPENDIR" | "READDIR" = "OPENDIR"): Promise<string> {
  let message = "";
  const adapt = (sftp: SFTPWrapper) => {
    sftp.removeAllListeners(request);
    sftp.on(request, (id: number) => sftp.status(id, STATUS_CODE.FAILURE, words));
  };
  await withOddSftp(tempFolder(), adapt, async (transfer: OddTransfer) => {
    message = messageOf(await transfer.list("/"));
  });
  return message;
}

describe("a server that says the password", () => {
  for (const request of ["OPENDIR", "READDIR"] as const) {
    it(`is quoted without it, where ${request} fails`, async () => {
      expect(await listingWith(`quota of ${PASSWORD} exceeded`, request)).to.equal("quota of *** exceeded: /");
    });
  }

  for (const [form, text] of [
    ["Base64", Buffer.from(PASSWORD).toString("base64")],
    ["Base64 of user and password", Buffer.from(`partner:${PASSWORD}`).toString("base64")],
    ["hidden behind five hundred other characters", `${"x".repeat(495)}${PASSWORD}`],
  ] as const) {
    it(`is quoted without it: ${form}`, async () => {
      const message = await listingWith(`got ${text}`);
      expect(message).to.match(/^got x*\*/);
      expect(message).not.to.include(PASSWORD.slice(0, 3)).and.not.include(text.slice(-8, -2));
    });
  }

  it("is quoted without it where a file fails, whose name stays as it is", async () => {
    const root = tempFolder();
    const name = `of ${PASSWORD}.csv`;
    writeFileSync(join(root, name), "alpha");
    await withOddSftp(
      root,
      () => undefined,
      async (transfer) => {
        const [file] = await transfer.retrieve([`/${name}`]);
        expect(file).to.include({ FilePath: `/${name}`, StatusCode: "COMPLETED" });
      },
    );
    const refuse = (sftp: SFTPWrapper) => {
      sftp.removeAllListeners("OPEN");
      sftp.on("OPEN", (id: number) => sftp.status(id, STATUS_CODE.FAILURE, `no file for ${PASSWORD}`));
    };
    await withOddSftp(root, refuse, async (transfer) => {
      const [file] = await transfer.retrieve([`/${name}`]);
      expect(file).to.include({ StatusCode: "FAILED", FailureMessage: `no file for ***: /${name}` });
    });
  });
});
