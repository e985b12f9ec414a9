import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { type SftpServer, startSftpServer } from "../../local/sftp-server/sftp-server";
import { partnerDefinition } from "../support/partner-definition";
import { tempFolder } from "../support/temp-folder";
import { callCli } from "./cli-in-process";

const LOGIN = { SFTP_USERNAME: "u", SFTP_PASSWORD: "p" };

describe("sftp-sync local --faults", function () {
  this.timeout(120_000);
  let server: SftpServer;
  let folder: string;
  let definition: string;

  beforeEach(async () => {
    folder = tempFolder();
    await mkdir(join(folder, "remote", "in"), { recursive: true });
    await writeFile(join(folder, "remote", "in", "a.csv"), "alpha");
    server = await startSftpServer({ root: join(folder, "remote"), username: "u", password: "p" });
    definition = join(folder, "partner.yaml");
    await writeFile(definition, partnerDefinition(server));
  });
  afterEach(() => server.close());

  async function run(faults: string) {
    const file = join(folder, "faults.yaml");
    await writeFile(file, faults);
    return callCli(["local", definition, "--data", join(folder, "data"), "--faults", file], LOGIN);
  }

  it("lets go wrong what the file says", async () => {
    const { code, stdout } = await run("FailFile:\n  - File: /in/a.csv\n    Message: Permission denied\n");
    expect(code).to.equal(1);
    expect(stdout).to.contain("TransferIncomplete").and.contain("Permission denied");
  });

  it("refuses a file with a mistake before anything runs, naming its place and what to do next", async () => {
    const { code, stdout, stderr } = await run("FailFiles: []\n");
    expect(code).to.equal(2);
    expect(stdout).to.equal("");
    expect(stderr).to.match(/faults\.yaml:1:1 FailFiles: .*did you mean FailFile\?/);
    expect(stderr)
      .to.contain("docs/faults.md")
      .and.not.match(/^\s+at /m);
  });

  it("refuses a file that is not there", async () => {
    const missing = join(folder, "nowhere.yaml");
    const { code, stderr } = await callCli(["local", definition, "--faults", missing], LOGIN);
    expect(code).to.equal(2);
    expect(stderr).to.contain(missing).and.contain("ENOENT");
  });
});
