import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { SSHD_TITLE, type Sshd, startSshd } from "../../bench/servers/sshd";
import { outcomeOf } from "../support/command";
import { placeOf } from "../support/fences";
import { copyProject, EVERY_COMMAND, lendFunctions } from "../support/project-copy";
import { tempFolder } from "../support/temp-folder";
import { Transcript } from "../support/transcript";

/** Stands in the page for a key that was made for the test. */
const SHOWN_FINGERPRINT = `SHA256:${"A".repeat(43)}`;

describe(`docs/tasks.md on this machine, with ${SSHD_TITLE}`, function () {
  this.timeout(180_000);
  const project = tempFolder();
  const remote = tempFolder();
  const standIns: [string, string][] = [];
  let sshd: Sshd | undefined;
  const transcript = new Transcript({ page: "docs/tasks.md", mark: "local", standIns, run: typed });

  before(async function () {
    sshd = await startSshd();
    if (sshd === undefined) {
      this.skip();
    }
    copyProject(project, [...EVERY_COMMAND, ".gitignore"]);
    await lendFunctions(project);
    git("init", "--quiet", "--initial-branch", "main");
    git("add", "cdktf.json", "servers", ".gitignore");
    git("commit", "--quiet", "--allow-empty", "--message", "Begin");
    mkdirSync(join(remote, "outgoing", "2026"), { recursive: true });
    writeFileSync(join(remote, "outgoing", "prices.csv"), "article;price\n4711;9.99\n");
    writeFileSync(join(remote, "outgoing", "2026", "orders.csv"), "order;article\n1;4711\n");
    standIns.push(
      ["sftp.acme.example.com", `127.0.0.1:${sshd.port}`],
      ["/outgoing", join(remote, "outgoing")],
      [SHOWN_FINGERPRINT, fingerprint(sshd.hostPublicKeys)],
    );
  });

  after(() => sshd?.close());

  for (const fence of transcript.blocks) {
    it(`prints what ${placeOf(fence)} shows`, async () => {
      const { shown, now } = await transcript.replay(fence);
      expect(now).to.equal(shown);
    });
  }

  async function typed(command: string): Promise<string> {
    const env = {
      // Where there are credentials for AWS, preview asks for what was copied before.
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"))),
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: "true",
      NO_COLOR: "1",
      SFTP_USERNAME: sshd?.username,
      SFTP_PRIVATE_KEY_FILE: sshd?.privateKeyFile,
    };
    const { stdout } = await outcomeOf("sh", ["-c", `{ ${command}\n} 2>&1`], { cwd: project, env });
    return stdout;
  }

  function git(...args: string[]): void {
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: project });
  }
});

/** Of the ECDSA key, as OpenSSH prints it. */
function fingerprint(keys: readonly string[]): string {
  const [, base64 = ""] = keys.find((key) => /^ecdsa/.test(key))?.split(" ") ?? [];
  const digest = createHash("sha256").update(Buffer.from(base64, "base64")).digest("base64");
  return `SHA256:${digest.replace(/=+$/, "")}`;
}
