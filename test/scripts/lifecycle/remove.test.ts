import { join } from "node:path";
import { expect } from "chai";
import type * as Remove from "../../../scripts/commands/lifecycle/remove";
import { keepEnvironment } from "../../support/environment";
import { errorOf } from "../../support/errors";
import { addStack } from "../../support/synthesized-stack";
import { type Terraform, terraformIn, terraformObstacle } from "../../support/terraform";
import { LifecycleProject } from "./project";

const NOBODY = { unknown: "There are no AWS credentials here" };

const obstacle = terraformObstacle();

describe("a server that is removed", () => {
  let project: LifecycleProject;
  let module: typeof Remove;
  let terraform: Terraform;
  let told = "";

  before(() => {
    project = new LifecycleProject();
    module = project.load("scripts/commands/lifecycle/remove.ts");
    terraform = terraformIn({ dir: project.folder });
  });

  afterEach(keepEnvironment());

  beforeEach(() => {
    project.clean();
    told = "";
    Object.assign(process.env, terraform.environment);
  });

  const remove = (server: string | undefined, options: Partial<Remove.RemoveOptions> = {}) =>
    module.remove({
      server,
      account: NOBODY,
      yes: true,
      skipSynth: true,
      signal: new AbortController().signal,
      announce: () => undefined,
      confirm: async () => true,
      tell: (text) => {
        told += `${text}\n`;
      },
      ...options,
    });

  /** A stack of one resource, which needs no provider. */
  const stack = async (name: string, resource: object = {}) => {
    addStack(project.folder, {
      name,
      terraform: { backend: { local: { path: `../../../terraform.${name}.tfstate` } } },
      input: name,
      resource,
    });
    const folder = join(project.folder, "cdktf.out", "stacks", name);
    await terraform.init(folder);
    await terraform.run(folder, "apply", "-auto-approve", "-input=false");
  };

  const resourcesOf = (name: string) => JSON.parse(project.read(`terraform.${name}.tfstate`)).resources;

  it("and was never deployed, is its file alone, once somebody has agreed", async () => {
    project.define("partner");
    const no = await remove("partner", { yes: false, confirm: async () => false });
    expect(no.deleted).to.deep.equal([]);
    expect(project.files("servers")).to.deep.equal(["partner.yaml"]);
    const { deleted, destroyed } = await remove("partner", { yes: false });
    expect([destroyed, deleted.length, project.files("servers")]).to.deep.equal([true, 1, []]);
  });

  it("keeps its file where nothing tells whether it is deployed, unless somebody says that it is not", async () => {
    project.define("partner");
    const error = await errorOf(remove("partner"));
    expect(error.message).to.contain("Nothing tells whether partner is deployed");
    expect(project.files("servers")).to.deep.equal(["partner.yaml"]);
    expect((await remove("partner", { deleteDefinition: true })).deleted).to.have.lengthOf(1);
  });

  it("keeps all files where nothing tells whether one of all is deployed", async () => {
    project.define("one");
    project.define("two");
    project.deploy("two");
    process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ region: "eu-central-1", forceDestroy: true });
    const error = await errorOf(remove(undefined));
    expect(error.message).to.contain("Nothing tells whether one is deployed");
    expect(project.files("servers")).to.deep.equal(["one.yaml", "two.yaml"]);
  });

  it("says before what is done in which order, and what stays", async () => {
    project.define("partner");
    project.deploy("partner");
    const { deployed, steps, stays, deleted } = await remove("partner", { dryRun: true });
    expect(deployed).to.deep.equal([
      "partner: deployed with connector c-0123456789abcdef0, sync in, as its state says (AWS does not tell: There are no AWS credentials here)",
    ]);
    expect(steps.map(({ id, status }) => `${id} ${status}`)).to.deep.equal(["destroy here", "definition here"]);
    expect(steps[0]?.commands).to.deep.equal(["npx sftp-sync destroy partner"]);
    expect(steps[1]?.what).to.contain("not committed as it is");
    expect(stays.join("\n")).to.match(
      /secret of partner: Secrets Manager keeps what is deleted today until 20\d\d-\d\d-\d\d/,
    );
    expect(deleted).to.deep.equal([]);
    expect(project.files("servers")).to.deep.equal(["partner.yaml"]);
  });

  it("is not touched where nobody can approve", async () => {
    project.define("partner");
    project.deploy("partner");
    const { message } = await errorOf(remove("partner", { yes: false }));
    expect(message).to.contain("no terminal");
    expect(project.files("servers")).to.deep.equal(["partner.yaml"]);
  });

  it("whose file is gone, and whose stack is not, has to have its file again", async () => {
    project.deploy("partner");
    const error = await errorOf(remove("partner"));
    expect(error.message).to.contain("partner is deployed, and its definition is gone");
    expect(error).to.have.property("next").that.contains("git checkout COMMIT^");
  });

  it("is no part of everything where it is for another environment", async () => {
    project.define("one");
    project.define("two");
    project.write("environments/stage.json", { servers: ["one"], settings: { account: "111122223333" } });
    process.env.SFTP_SYNC_ENVIRONMENT = "stage";
    const { deployed, steps } = await remove(undefined, { dryRun: true });
    expect(deployed[0]).to.match(/^one: no state of it on this machine/);
    expect([...deployed, ...steps.map(({ what }) => what)].join("\n")).not.to.match(/\btwo\b/);
  });

  it("and that nobody knows, is told with what is near", async () => {
    project.define("partner");
    expect((await errorOf(remove("partnr"))).message).to.contain('"partnr"; did you mean partner?');
  });

  (obstacle === undefined ? describe : describe.skip)(`with its stack${obstacle ? ` (${obstacle})` : ""}`, () => {
    it("is destroyed, and then its file is deleted", async () => {
      project.define("partner");
      await stack("server-partner");
      const { destroyed, deleted } = await remove(
        "servers/partner.yaml".replace("servers", join(project.folder, "servers")),
      );
      expect(destroyed).to.equal(true);
      expect(deleted).to.have.lengthOf(1);
      expect(resourcesOf("server-partner")).to.deep.equal([]);
      expect(project.files("servers")).to.deep.equal([]);
      expect(told).to.contain("server-partner  1 to destroy");
    });

    it("keeps its file where the stack cannot be destroyed", async () => {
      project.define("partner");
      await stack("server-partner", { provisioner: [{ "local-exec": { command: "exit 3", when: "destroy" } }] });
      const { destroyed, deleted } = await remove("partner");
      expect([destroyed, deleted]).to.deep.equal([false, []]);
      expect(project.files("servers")).to.deep.equal(["partner.yaml"]);
    });

    it("keeps its file while another environment has its stack", async () => {
      project.define("partner");
      project.write("environments/prod.json", { settings: { account: "111122223333" } });
      project.deploy("partner", {}, "terraform.prod.server-partner.tfstate");
      const { steps, deleted } = await remove("partner", { deleteDefinition: true });
      const elsewhere = steps.find(({ id }) => id === "elsewhere");
      expect(elsewhere?.commands).to.deep.equal(["npx sftp-sync remove partner --env prod"]);
      expect(deleted).to.deep.equal([]);
      expect(project.files("servers")).to.deep.equal(["partner.yaml"]);
    });

    it("keeps its file where the state of another is not on this machine, unless somebody says so", async () => {
      project.define("partner");
      project.write("environments/prod.json", { settings: { account: "111122223333" } });
      await stack("server-partner");
      const { deleted, steps } = await remove("partner");
      expect(steps.find(({ id }) => id === "elsewhere")?.what).to.contain("cannot be seen from here");
      expect(deleted).to.deep.equal([]);
      expect((await remove("partner", { deleteDefinition: true })).deleted).to.have.lengthOf(1);
    });

    it("keeps its file where nobody can see whether another has it, unless somebody says so", async () => {
      project.define("partner");
      const s3Backend = { bucket: "states", region: "eu-central-1" };
      project.write("environments/prod.json", { settings: { account: "111122223333", s3Backend } });
      expect((await remove("partner")).deleted).to.deep.equal([]);
      expect((await remove("partner", { deleteDefinition: true })).deleted).to.have.lengthOf(1);
    });

    it("goes with all others, the shared stack last", async () => {
      project.define("one");
      await stack("server-one");
      await stack("shared");
      process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ region: "eu-central-1", forceDestroy: true });
      const { deleted } = await remove(undefined);
      expect(told.indexOf("shared  Apply complete!")).to.be.above(told.indexOf("server-one  Apply complete!"));
      expect(deleted).to.have.lengthOf(1);
      expect(["shared", "server-one"].map(resourcesOf)).to.deep.equal([[], []]);
    });

    it("is left with all others where the list-results bucket would not go", async () => {
      project.define("one");
      const { message } = await errorOf(remove(undefined));
      expect(message).to.contain("forceDestroy");
      expect(project.files("servers")).to.deep.equal(["one.yaml"]);
    });
  });
});
