import { devNull } from "node:os";
import { expect } from "chai";
import { atTerminal, CTRL_C } from "../../support/terminal";
import { LifecycleProject } from "./project";

describe("the life of a server at a terminal", function () {
  this.timeout(120_000);
  const commands = new AbortController();
  let project: LifecycleProject;

  before(() => {
    project = new LifecycleProject();
  });

  beforeEach(() => {
    project.clean();
    project.define("old");
    project.deploy("old");
  });

  after(() => commands.abort());

  /** Without a way to AWS, or to what tells credentials. */
  const environment = () => {
    const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|SFTP_|INIT_CWD$|npm_)/.test(name));
    return {
      ...Object.fromEntries(own),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
    };
  };

  const call = (...args: string[]) =>
    atTerminal({ folder: project.folder, environment: environment(), signal: commands.signal }, "sftp-sync", ...args);

  it("move leaves everything as it is when it is interrupted, and prints what is next once it has gone on", async () => {
    const interrupted = call("move", "old", "new");
    await interrupted.printed("Do what is marked with now?");
    interrupted.type(CTRL_C);
    expect((await interrupted.ended).code).to.equal(130);
    expect(project.read("servers/old.yaml")).not.to.contain("Enabled");

    const answered = call("move", "old", "new");
    await answered.printed("Do what is marked with now?");
    answered.type("y");
    const { code, printed } = await answered.ended;
    expect(code, printed).to.equal(0);
    expect(printed).to.contain("Next: npx sftp-sync deploy old, then npx sftp-sync move old new");
    expect(project.read("servers/old.yaml")).to.contain("Enabled: false");
  });

  it("remove shows what is deployed, what is done and what stays", async () => {
    const { code, printed } = await call("remove", "old", "--dry-run").ended;
    expect(code, printed).to.equal(0);
    expect(printed).to.contain("old: deployed with connector c-0123456789abcdef0, sync in, as its state says");
    expect(printed)
      .to.match(/now +Destroy the stack\./)
      .and.contain("npx sftp-sync destroy old");
    expect(printed).to.contain("What stays:");
  });
});
