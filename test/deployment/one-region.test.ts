import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { synthStack, testServer, testSettings } from "../stacks/support";
import { filesBelow } from "../support/files-below";
import { tempFolder } from "../support/temp-folder";
import { type Terraform, terraformIn, terraformObstacle, unwrapped } from "../support/terraform";

const obstacle = terraformObstacle();
const STATE = "shared.tfstate";

const messageOf = async (work: Promise<string>): Promise<string> =>
  work.then(
    () => "",
    (error: unknown) => unwrapped(String(error)),
  );

/** The one part of a stack that no provider has to be asked for. */
const remembered = (region: string) => {
  const { terraform_data } = synthStack("shared", { settings: testSettings({ region }) }).resource;
  return { resource: { terraform_data } };
};

/** How a server's stack reads the shared one, with the state in another place. */
const reading = (region: string) => {
  const settings = testSettings({ region });
  const { data } = synthStack("server-a", { settings, definitions: [testServer("a")] });
  const shared = data.terraform_remote_state?.shared;
  return { data: { terraform_remote_state: { shared: { ...shared, config: { path: STATE } } } } };
};

(obstacle === undefined ? describe : describe.skip)(
  `a stack's Region${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  function () {
    this.timeout(120_000);
    let folder: string;
    let terraform: Terraform;

    beforeEach(() => {
      folder = join(tempFolder(), "stack");
      mkdirSync(folder);
      terraform = terraformIn({ dir: folder });
    });

    const write = (json: object) => writeFileSync(join(folder, "main.tf.json"), JSON.stringify(json));
    const plan = () => terraform.run(folder, "plan", "-detailed-exitcode", "-input=false", "-no-color");
    const apply = () => terraform.run(folder, "apply", "-auto-approve", "-input=false", "-no-color");

    it("is that of its first deployment: Terraform refuses to plan for another one", async () => {
      write(remembered("eu-central-1"));
      await terraform.init(folder);
      await apply();
      await plan();
      write(remembered("us-east-1"));
      expect(await messageOf(plan())).to.contain(
        "This state belongs to the Region eu-central-1, and the settings say us-east-1.",
      );
    });

    it("is that of the shared stack which it reads", async () => {
      const topic_arn = "arn:aws:sns:eu-central-1:123456789012:sftp-sync-notifications";
      const backend = { local: { path: STATE } };
      write({ terraform: { backend }, output: { topic_arn: { value: topic_arn } } });
      await terraform.init(folder);
      await apply();
      write({ terraform: { backend }, output: { topic_arn: { value: topic_arn } }, ...reading("eu-central-1") });
      await plan();
      write({ terraform: { backend }, output: { topic_arn: { value: topic_arn } }, ...reading("us-east-1") });
      expect(await messageOf(plan())).to.contain(
        "The shared stack is in eu-central-1, and the settings say us-east-1.",
      );
    });

    it("is that of the workspace default alone: Terraform refuses to plan in another one, and writes nothing", async () => {
      write(remembered("eu-central-1"));
      await terraform.init(folder);
      await terraform.run(folder, "workspace", "new", "-no-color", "staging");
      expect(await messageOf(apply())).to.contain(
        "This is Terraform's workspace staging, and only default may be used.",
      );
      expect(filesBelow(join(folder, "terraform.tfstate.d"))).to.deep.equal([]);
      await terraform.run(folder, "workspace", "select", "-no-color", "default");
      await apply();
    });
  },
);
