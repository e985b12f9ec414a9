import { expect } from "chai";
import type * as Move from "../../../scripts/commands/lifecycle/move";
import type { Step } from "../../../scripts/commands/lifecycle/step";
import { keepEnvironment } from "../../support/environment";
import { errorOf } from "../../support/errors";
import { LifecycleProject } from "./project";

const NOBODY = { unknown: "There are no AWS credentials here" };

/** As somebody reads them. */
const shown = (steps: readonly Step[]) => steps.map(({ id, status }) => `${id} ${status}`);

const commandsOf = (steps: readonly Step[], status: string) =>
  steps.filter((step) => step.status === status).flatMap(({ commands }) => commands);

describe("a server that gets another name", () => {
  let project: LifecycleProject;
  let module: typeof Move;

  before(() => {
    project = new LifecycleProject();
    module = project.load("scripts/commands/lifecycle/move.ts");
  });

  afterEach(keepEnvironment());

  beforeEach(() => project.clean());

  const move = (from: string, to: string, approve = true, options: Partial<Move.MoveOptions> = {}) =>
    module.moveServer({ from, to, account: NOBODY, approve: async () => approve, ...options });

  it("that was never deployed, is its file alone", async () => {
    project.define("old");
    const { left } = await move("old", "new", true, { yes: true, notDeployed: true });
    expect(project.files("servers")).to.deep.equal(["new.yaml"]);
    expect(project.read("servers/new.yaml")).to.match(/^# About old\.\nName: new\nUrl:/);
    expect(shown(left)).to.deep.equal(["definition done"]);
  });

  it("keeps its name where nothing tells whether it is deployed, unless somebody says that it is not", async () => {
    project.define("old");
    const before = project.read("servers/old.yaml");
    const { message, name } = await errorOf(move("old", "new", true, { yes: true }));
    expect([name, message]).to.deep.equal([
      "UserError",
      "Nothing tells whether old is deployed: its state is not on this machine, and AWS does not tell. Nothing was changed",
    ]);
    expect(project.read("servers/old.yaml")).to.equal(before);
    const { steps } = await move("old", "new", false);
    expect(shown(steps)).to.deep.equal(["look check", "definition here"]);
    expect(steps[0]?.what).to.match(/^old is not deployed\. That cannot be seen from here.*no AWS credentials here/);
  });

  it("has its former name in the definition where another environment may have its stack", async () => {
    project.define("old", { Enabled: false });
    project.write("environments/prod.json", { settings: { account: "111122223333" } });
    project.write("environments/stage.json", { settings: { account: "444455556666" } });
    project.deploy("old", { isOff: true }, "terraform.prod.server-old.tfstate");
    const { steps } = await move("old", "new", true, { yes: true });
    expect(project.read("servers/new.yaml")).to.contain("\nFormerName: old\n");
    const looks = steps.filter(({ id }) => id === "look").map(({ what }) => what.split(".")[0]);
    expect(looks).to.include("old is not deployed in the environment stage");
  });

  it("is refused in a Region that is not the installation's", async () => {
    project.define("old");
    const { message } = await errorOf(
      module.moveServer({ from: "old", to: "new", region: "eu-west-3", approve: async () => true }),
    );
    expect(message).to.contain("are in eu-central-1, and --region says eu-west-3");
  });

  it("is left as it is where nobody agrees", async () => {
    project.define("old");
    project.deploy("old");
    const { steps, changed } = await move("old", "new", false);
    expect(changed).to.equal(false);
    expect(shown(steps).slice(0, 4)).to.deep.equal([
      "pause here",
      "deploy-paused later",
      "idle later",
      "definition later",
    ]);
    expect(project.read("servers/old.yaml")).not.to.contain("Enabled");
  });

  it("goes step by step: schedules off, deployed, then definition and state, then the rest", async () => {
    project.define("old");
    project.deploy("old");
    project.write("terraform.server-old.tfstate.backup", "before");

    const first = await move("old", "new");
    expect(project.read("servers/old.yaml")).to.contain("Enabled: false");
    expect(shown(first.left).slice(0, 4)).to.deep.equal([
      "pause done",
      "deploy-paused blocked",
      "idle check",
      "definition later",
    ]);
    expect(commandsOf(first.left, "blocked")).to.deep.equal(["npx sftp-sync deploy old"]);

    const tooEarly = await move("old", "new");
    expect(tooEarly.changed).to.equal(false);
    expect(project.states()).to.contain("terraform.server-old.tfstate");

    project.deploy("old", { isOff: true });
    const state = project.read("terraform.server-old.tfstate");
    const second = await move("old", "new");
    expect(project.files("servers")).to.deep.equal(["new.yaml"]);
    expect(project.read("servers/new.yaml")).to.match(/^# About old\.\nName: new\nFormerName: old\n/);
    expect(project.states()).to.deep.equal(["terraform.server-new.tfstate", "terraform.server-new.tfstate.backup"]);
    expect(project.read("terraform.server-new.tfstate")).to.equal(state);
    expect(commandsOf(second.left, "later")).to.deep.equal([
      "npx sftp-sync deploy new",
      "npx sftp-sync credentials new",
      "npx sftp-sync test new",
      "npx sftp-sync edit new --unset Enabled --yes",
      "npx sftp-sync deploy new",
      "npx sftp-sync edit new --unset FormerName --yes",
      "npx sftp-sync deploy new",
    ]);

    project.deploy("new", { isOff: true });
    const third = await move("old", "new");
    expect(third.changed).to.equal(false);
    expect(shown(third.left).filter((step) => step.endsWith("done"))).to.include.members(["state done", "deploy done"]);
  });

  for (const [where, change] of [
    ["between the definition's text and its file's name", () => project.write("servers/old.yaml", renamedText())],
    ["between the definition and the state", () => project.write("servers/new.yaml", renamedText())],
  ] as const) {
    it(`goes on where it was interrupted ${where}`, async () => {
      project.define("new", { FormerName: "old", Enabled: false });
      renamed = project.read("servers/new.yaml");
      project.clean();
      change();
      project.deploy("old", { isOff: true });
      await move("old", "new");
      expect(project.files("servers")).to.deep.equal(["new.yaml"]);
      expect(project.states()).to.deep.equal(["terraform.server-new.tfstate"]);
    });
  }
  let renamed = "";
  const renamedText = () => renamed;

  it("moves its state in every environment that has it, and tells what is to be done there", async () => {
    project.define("old", { Enabled: false });
    for (const [name, account] of [
      ["prod", "111122223333"],
      ["stage", "444455556666"],
    ]) {
      project.write(`environments/${name}.json`, { settings: { account } });
      project.deploy("old", { isOff: true }, `terraform.${name}.server-old.tfstate`);
    }
    const { left } = await move("old", "new");
    expect(project.states()).to.deep.equal(["terraform.prod.server-new.tfstate", "terraform.stage.server-new.tfstate"]);
    expect(commandsOf(left, "later").slice(0, 3)).to.deep.equal([
      "npx sftp-sync deploy new --env prod",
      "npx sftp-sync credentials new --env prod",
      "npx sftp-sync test new --env prod",
    ]);
  });

  for (const [backend, context, step] of [
    [
      "a bucket",
      { s3Backend: { bucket: "states", region: "eu-west-1" } },
      "aws s3 mv s3://states/sftp-sync/server-old.tfstate s3://states/sftp-sync/server-new.tfstate --region eu-west-1",
    ],
    [
      "Terraform Cloud",
      { terraformCloud: { organization: "acme", workspacePrefix: "sync-" } },
      "https://app.terraform.io/app/acme/workspaces/sync-server-old/settings/general",
    ],
  ] as const) {
    it(`tells what becomes of a state in ${backend}, and asks about what it cannot see`, async () => {
      process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ region: "eu-central-1", ...context });
      project.define("old", { Enabled: false });
      const { steps, left } = await move("old", "new");
      expect(shown(steps).slice(0, 3)).to.deep.equal(["pause done", "deploy-paused check", "idle check"]);
      const state = left.find(({ id }) => id === "state");
      expect([state?.what, ...(state?.commands ?? [])].join(" ")).to.contain(step);
      expect(project.files("servers")).to.deep.equal(["new.yaml"]);
    });
  }

  it("does not need its schedules switched off where it has none", async () => {
    project.define("old", { Schedule: "on-demand" });
    project.deploy("old", { isOff: true });
    const { steps } = await move("old", "new", false);
    expect(shown(steps).slice(0, 3)).to.deep.equal(["idle check", "definition here", "state here"]);
    expect(shown(steps)).not.to.contain("enable later");
  });

  const refused: readonly [what: string, prepare: () => void, args: [string, string], message: RegExp][] = [
    ["a name that no server has", () => undefined, ["odl", "new"], /name "odl"; did you mean old\? \(there are: old\)/],
    ["its own name", () => undefined, ["old", "Old"], /has the name old already/],
    ["a name without a letter or digit", () => undefined, ["old", "..."], /^The new name .*allowed/],
    [
      "another server's name",
      () => project.define("new"),
      ["old", "new"],
      /There is a server new already: .*new\.yaml/,
    ],
    [
      "another file's name",
      () => project.write("servers/new.yaml", "Name: :"),
      ["old", "new"],
      /new\.yaml is there already/,
    ],
    [
      "a second name before it has gone on under the first",
      () => project.define("old", { FormerName: "older" }),
      ["old", "new"],
      /still has FormerName: older/,
    ],
    [
      "a name that an environment does not take",
      () => {
        project.write("environments/stage.json", { servers: ["ol*"], settings: {} });
        project.deploy("old", { isOff: true }, "terraform.stage.server-old.tfstate");
        project.define("old", { Enabled: false });
      },
      ["old", "new"],
      /environments\/stage\.json would not deploy new/,
    ],
    [
      "a state that Terraform works on",
      () => {
        project.define("old", { Enabled: false });
        project.deploy("old", { isOff: true });
        project.write(".terraform.server-old.tfstate.lock.info", "{}");
      },
      ["old", "new"],
      /Terraform is at work on terraform\.server-old\.tfstate/,
    ],
    [
      "a state in the place of another",
      () => {
        project.define("old", { Enabled: false });
        project.deploy("old", { isOff: true });
        project.deploy("new");
      },
      ["old", "new"],
      /both hold what is deployed/,
    ],
    [
      "a state that nobody can read",
      () => project.write("terraform.server-old.tfstate", "{"),
      ["old", "new"],
      /terraform\.server-old\.tfstate is no state/,
    ],
  ];
  for (const [what, prepare, args, message] of refused) {
    it(`is not given ${what}`, async () => {
      project.define("old");
      prepare();
      const before = project.read("servers/old.yaml");
      const error = await errorOf(move(...args));
      expect(error.message).to.match(message);
      expect(error.name).to.equal("UserError");
      expect(project.read("servers/old.yaml")).to.equal(before);
    });
  }
});
