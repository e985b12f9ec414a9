import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { parseSettings } from "../../../config/settings/settings";
import { AwsSession } from "../../../scripts/commands/aws/access/session";
import { runOnAws } from "../../../scripts/commands/aws/runs/run-command";
import { factsOf, isGuessed } from "../../../scripts/commands/lifecycle/facts";
import type * as Move from "../../../scripts/commands/lifecycle/move";
import type * as Remove from "../../../scripts/commands/lifecycle/remove";
import { REGION } from "../../deployment/world/clients";
import { keepEnvironment } from "../../support/environment";
import { errorOf } from "../../support/errors";
import { addStack } from "../../support/synthesized-stack";
import { terraformIn, terraformObstacle } from "../../support/terraform";
import { LifecycleProject } from "../lifecycle/project";
import { type CommandWorld, definitionOf, deploy, deployConnector, syncOf } from "./world";

const obstacle = terraformObstacle();

export function describeLifecycle(world: () => CommandWorld): void {
  const server = "moving";

  const running = async () => {
    const stateMachineArn = `arn:aws:states:eu-central-1:123456789012:stateMachine:sftp-sync-${server}`;
    const { executions = [] } = await world().clients.states.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING" }),
    );
    return executions.map(({ name }) => name);
  };

  describe("the life of a server", () => {
    after(keepEnvironment());

    it("is seen in AWS: what is deployed, which schedules fire, which runs are at work", async () => {
      const { settings } = parseSettings({ region: REGION, s3Backend: { bucket: "states", region: "eu-central-1" } });
      if (settings === undefined) {
        throw new Error("no settings");
      }
      const { session } = world();
      expect(await factsOf({ settings }, server, { session })).to.deep.include({ source: "AWS", isDeployed: false });
      const definition = await definitionOf(server, [syncOf("orders"), syncOf("off", { Enabled: false })]);
      const connectorId = await deployConnector(world(), definition);
      await deploy(world(), definition, { connectorId, seconds: 600 });
      const { started } = await runOnAws({
        server,
        sync: "orders",
        session,
        signal: new AbortController().signal,
        observer: { started: () => undefined, progressed: () => undefined, finished: () => undefined },
        notice: () => undefined,
      });
      expect(await factsOf({ settings }, server, { session })).to.deep.equal({
        source: "AWS",
        isDeployed: true,
        syncs: ["off", "orders"],
        firing: ["orders"],
        atWork: started.map(({ run }) => run),
        credentials: "missing",
        connector: connectorId,
      });
    });

    it("is neither renamed nor removed where AWS has it and its state is on another machine", async () => {
      const project = new LifecycleProject();
      const { remove } = project.load<typeof Remove>("scripts/commands/lifecycle/remove.ts");
      const { moveServer } = project.load<typeof Move>("scripts/commands/lifecycle/move.ts");
      project.define(server, { Enabled: false });
      const account = { session: world().session };
      const call = { server, skipSynth: true, account, signal: new AbortController().signal, yes: true };
      const quiet = { announce: () => undefined, confirm: async () => true, tell: () => undefined };
      const why = "moving is deployed, and its state is not on this machine";
      expect((await errorOf(remove({ ...call, ...quiet }))).message).to.contain(why);
      const move = { from: server, to: "moved", account, yes: true, approve: async () => true };
      expect((await errorOf(moveServer(move))).message).to.contain(why);
      expect(project.files("servers")).to.deep.equal([`${server}.yaml`]);
      expect(project.read(`servers/${server}.yaml`)).to.contain(`Name: ${server}\n`);
    });

    it("is not taken for not deployed since an account, which may be any, has nothing of the installation", async () => {
      const { settings } = parseSettings({ region: REGION, namePrefix: "other" });
      const place = (own: object) => ({ settings: { ...(settings ?? expect.fail("no settings")), ...own } });
      const { config } = world().session;
      const session = new AwsSession({ namePrefix: "other", region: REGION }, config);
      const guessed = await factsOf(place({}), server, { session });
      expect([isGuessed(guessed), guessed.unknown]).to.deep.equal([
        true,
        "the account 123456789012 has no server of this installation, and no setting account says that it is the right one",
      ]);
      expect(isGuessed(await factsOf(place({ account: "123456789012" }), server, { session }))).to.equal(false);
    });

    it("ends with its runs, once somebody has agreed, and before the stack goes", async function () {
      if (obstacle !== undefined) {
        this.skip();
      }
      const project = new LifecycleProject();
      const { remove } = project.load<typeof Remove>("scripts/commands/lifecycle/remove.ts");
      const terraform = terraformIn({ dir: project.folder });
      Object.assign(process.env, terraform.environment);
      project.define(server);
      const state = `terraform.server-${server}.tfstate`;
      const place = { backend: { local: { path: `../../../${state}` } } };
      addStack(project.folder, { name: `server-${server}`, terraform: place, input: server });
      const folder = `${project.folder}/cdktf.out/stacks/server-${server}`;
      await terraform.init(folder);
      await terraform.run(folder, "apply", "-auto-approve", "-input=false");
      expect(await running()).to.have.lengthOf(1);
      const { session } = world();
      const call = { server, skipSynth: true, account: { session }, signal: new AbortController().signal };
      const quiet = { announce: () => undefined, confirm: async () => true, tell: () => undefined };
      const { steps, destroyed } = await remove({ ...call, ...quiet, yes: true });
      expect(steps.map(({ id }) => id)).to.deep.equal(["runs", "destroy", "definition"]);
      expect(destroyed).to.equal(true);
      expect(await running()).to.deep.equal([]);
      expect(JSON.parse(project.read(state)).resources).to.deep.equal([]);
      expect(project.files("servers")).to.deep.equal([]);
    });
  });
}
