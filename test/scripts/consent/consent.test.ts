import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import { type SftpServer, startSftpServer } from "../../../local/sftp-server/sftp-server";
import { describeHostKey } from "../../../local/transfer/host-keys";
import { isOnPath } from "../../support/on-path";
import { partnerDefinition } from "../../support/partner-definition";
import { copyProject, EVERY_COMMAND, lendFunctions } from "../../support/project-copy";
import { tempFolder } from "../../support/temp-folder";

const QUESTION = /The credentials of u would go to (\S+)\. Send them\? \[y\/N\]/;
const CTRL_D = "\x04";

describe("credentials for the server of an unreviewed definition", function () {
  this.timeout(300_000);
  let server: SftpServer;
  let project: string;
  let file: string;
  let state: string;

  // One project for all: each would bundle the command line anew.
  before(async function () {
    // One of util-linux, which gives a command a terminal; other systems' takes other options.
    if (!isOnPath("script") || process.platform !== "linux") {
      this.skip();
    }
    const remote = tempFolder();
    mkdirSync(join(remote, "in"));
    writeFileSync(join(remote, "in", "a.csv"), "alpha");
    server = await startSftpServer({ root: remote, username: "u", password: "p" });
    project = tempFolder();
    copyProject(project, EVERY_COMMAND);
    await lendFunctions(project);
    file = join(project, "servers", "partner.yaml");
  });

  after(() => server?.close());

  beforeEach(() => {
    rmSync(join(project, ".local"), { recursive: true, force: true });
    state = tempFolder();
    writeFileSync(file, partnerDefinition(server));
  });

  /** Calls `local` at a terminal, where somebody types once there is a question. @returns exit code, and what was shown. */
  function local(typed: string, ...options: string[]): Promise<{ code: number | null; shown: string; screen: string }> {
    return localWith({}, typed, ...options);
  }

  /** @param how what stands around the command in the shell's line, such as `2>file`. */
  function localWith(
    { before = "", redirections = "" }: { readonly before?: string; readonly redirections?: string },
    typed: string,
    ...options: string[]
  ): ReturnType<typeof local> {
    const words = [process.execPath, join(project, "scripts", "sftp-sync.mjs"), "local", file, "--dry-run", ...options];
    const command = `${before} ${words.map((word) => `'${word}'`).join(" ")} ${redirections}`;
    const child = spawn("script", ["-qefc", command, "/dev/null"], {
      cwd: project,
      env: { ...process.env, SFTP_USERNAME: "u", SFTP_PASSWORD: "p", XDG_STATE_HOME: state },
    });
    let screen = "";
    // Whatever is too long for a line of the terminal goes on in the next.
    const text = () => screen.replaceAll(/\s+/g, " ");
    return new Promise((resolve, reject) => {
      child.stdout.setEncoding("utf8").on("data", (more: string) => {
        const wasAsked = QUESTION.test(text());
        screen = stripVTControlCharacters(screen + more);
        if (!wasAsked && QUESTION.test(text())) {
          child.stdin.write(typed);
        }
      });
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, shown: text(), screen }));
    });
  }

  it("are sent after a yes, which holds for this address and these host keys", async () => {
    const first = await local("y\r");
    expect(first.shown)
      .to.include("partner.yaml is on no main branch of this project")
      .and.match(QUESTION)
      .and.include("SUCCEEDED");
    expect(first.code).to.equal(0);
    expect(first.screen).to.match(/^ {2}\S.* Send them\? \[y\/N\] /m, "the question's further lines end between words");

    const again = await local("");
    expect(again.shown).not.to.match(QUESTION);
    expect(again.code, again.shown).to.equal(0);

    writeFileSync(file, partnerDefinition({ ...server, host: "localhost" }));
    const elsewhere = await local("\r");
    expect(QUESTION.exec(elsewhere.shown)?.[1]).to.equal(`localhost:${server.port}`);
    expect(elsewhere.code).to.equal(1);

    const unasked = await local("", "--yes");
    expect(unasked.shown).not.to.match(QUESTION);
    expect(unasked.code, unasked.shown).to.equal(0);
  });

  for (const [what, typed] of [
    ["no", "no\r"],
    ["nothing, and ends the input", CTRL_D],
  ] as const) {
    it(`stay here when somebody types ${what}`, async () => {
      const { code, shown } = await local(typed);
      expect(shown).to.include(`Nothing was sent to 127.0.0.1:${server.port}`).and.include("--yes");
      expect(code).to.equal(1);
      expect(existsSync(join(project, ".local"))).to.equal(false);
    });
  }

  for (const redirections of ["2>errors.txt", "</dev/null"]) {
    it(`are asked about at the terminal, with ${redirections}`, async () => {
      const before = server.connections().total;
      const { shown } = await localWith({ redirections }, "no\r");
      expect(shown).to.match(QUESTION);
      expect(server.connections().total).to.equal(before);
    });
  }

  it("stay here where nobody can be asked, although somebody is there", async () => {
    const before = server.connections().total;
    // A session of its own has no terminal that it could open, although its output is one.
    const { shown } = await localWith({ redirections: "</dev/null", before: "setsid --wait" }, "");
    expect(shown).not.to.match(QUESTION);
    expect(shown).to.include("no way to ask it").and.include("Next: ");
    expect(server.connections().total).to.equal(before);
  });

  it("are not sent because a file in the project says so", async () => {
    const key = (line: string) => describeHostKey(Buffer.from(line.split(" ")[1] ?? "", "base64"));
    const url = `${server.host}:${server.port}`;
    const approved = ["partner", "u", url, ...server.hostPublicKeys.map(key).sort()];
    for (const folder of [join(project, ".local"), join(project, "state", "sftp-sync")]) {
      mkdirSync(folder, { recursive: true });
      for (const [name, line] of [
        [".approved-servers", approved],
        ["approved-servers", [project, ...approved]],
      ] as const) {
        writeFileSync(join(folder, name), `${JSON.stringify(line)}\n`);
      }
    }
    state = join(project, "state");
    expect((await local("no\r")).shown).to.match(QUESTION);
  });

  it("stay here at Ctrl-C", async () => {
    const { code, shown } = await local("\x03");
    expect(shown).to.include("interrupted");
    expect(code).to.equal(130);
  });
});
