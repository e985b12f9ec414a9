import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { type SftpServer, startSftpServer } from "../../../local/sftp-server/sftp-server";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { tempFolder } from "../../support/temp-folder";
import { atTerminal, CTRL_C } from "../../support/terminal";

const DOWN = "\x1b[B";
const LEFT = "\x1b[D";
const ENTER = "\r";

describe("definitions by questions, at a terminal of 80 columns", function () {
  this.timeout(180_000);
  const folder = join(tempFolder(), "project");
  const file = join(folder, "servers", "partner-x.yaml");
  const commands = new AbortController();
  let server: SftpServer;

  before(async () => {
    copyProject(folder, EVERY_COMMAND);
    const root = tempFolder();
    mkdirSync(join(root, "out", "reports"), { recursive: true });
    server = await startSftpServer({ root, username: "partner", password: "pass-phrase-7" });
  });

  after(async () => {
    commands.abort();
    await server.close();
  });

  function start(...args: string[]) {
    const own = Object.entries(process.env).filter(([name]) => !/^(SFTP_|INIT_CWD$|npm_)/.test(name));
    const environment = { ...Object.fromEntries(own), SFTP_USERNAME: "partner", SFTP_PASSWORD: "pass-phrase-7" };
    return atTerminal({ folder, environment, signal: commands.signal, columns: 80 }, "sftp-sync", ...args);
  }

  it("new leaves nothing when it is interrupted", async () => {
    const command = start("new");
    await command.printed("Name: ");
    command.type("Partner X");
    command.type(CTRL_C);
    const { code, printed } = await command.ended;
    expect(code, printed).to.equal(130);
    expect(readdirSync(join(folder, "servers"))).to.deep.equal([]);
  });

  it("new checks each answer as it is typed, shows keys and folders, and writes what it has shown", async () => {
    const command = start("new");
    const answer = async (question: string, ...keys: readonly string[]) => {
      await command.printed(question);
      for (const key of keys) {
        command.type(key);
      }
    };
    await answer("Name: ", "Partner X", ENTER);
    await answer("Url: ", "sftp://user@host");
    await answer("credentials do not belong in a file", "\x15", "127.0.0.1:1", ENTER);
    await command.printed("connection refused");
    await answer("Url: ", "\x15", `127.0.0.1:${server.port}`, ENTER);
    await command.printed("SHA256:");
    await answer("are these the fingerprints", LEFT, ENTER);
    await answer("Schedule: ", DOWN, ENTER);
    await answer("ScheduleTimezone: ", ENTER);
    await answer("Send the credentials of partner to", LEFT, ENTER);
    await answer("/out", DOWN, ENTER);
    await answer("/out/reports", DOWN, ENTER);
    await answer("/out/reports  (this folder)", ENTER);
    await answer("Recursive: ", ENTER);
    await answer("BucketName: ", "lake", ENTER);
    await answer("Prefix: ", "x", ENTER);
    await answer("another folder", ENTER);
    await answer("Write it to", ENTER);
    const { code, printed } = await command.ended;
    expect(code, printed).to.equal(0);
    expect(printed).to.contain("Written: servers/partner-x.yaml").and.not.to.contain("pass-phrase-7");
    expect(parse(readFileSync(file, "utf8"))).to.deep.equal({
      Name: "partner-x",
      Url: `127.0.0.1:${server.port}`,
      PublicKey: server.hostPublicKeys,
      Schedule: "@daily",
      SyncSettings: [
        {
          LocalRepository: { BucketName: "lake", Prefix: "x" },
          RemoteFolders: { Folder: "/out/reports", Recursive: true },
        },
      ],
    });
  });

  it("edit asks for fields, shows the difference, and writes it once it is approved", async () => {
    expect(existsSync(file)).to.equal(true);
    const before = readFileSync(file, "utf8");
    const command = start("edit", "partner-x");
    await command.printed("Which field");
    command.type(DOWN.repeat(3) + ENTER);
    await command.printed("Description: free text");
    command.type(`Reports${ENTER}`);
    await command.printed("Which field");
    await command.printed("Description: Reports");
    command.type(ENTER);
    await command.printed("+Description: Reports");
    await command.printed("Write it to");
    command.type(ENTER);
    const { code, printed } = await command.ended;
    expect(code, printed).to.equal(0);
    expect(readFileSync(file, "utf8")).to.equal(before.replace("Url:", "Description: Reports\nUrl:"));
  });
});
