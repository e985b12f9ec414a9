import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type * as KnownStacks from "../../../scripts/stacks/known-stacks";
import type * as Takeover from "../../../scripts/stacks/taken-over-connector";
import { errorOf } from "../../support/errors";
import { addStack } from "../../support/synthesized-stack";
import { LifecycleProject } from "../lifecycle/project";

describe("files that somebody else has put into a stack's folder", () => {
  const project = new LifecycleProject();
  const place = "cdktf.out/stacks/server-a";
  const known = (names: readonly string[]) =>
    project.load<typeof KnownStacks>("scripts/stacks/known-stacks").knownStacks({ names, skipSynth: true });

  before(() => {
    for (const name of ["shared", "server-a", "server-b"]) {
      addStack(project.folder, { name, terraform: {}, input: 1 });
    }
  });

  const FOREIGN = [
    "more.tf",
    "more.tf.json",
    "cdk_override.tf.json",
    "terraform.tfvars",
    "x.auto.tfvars.json",
    ".auto.tfvars",
  ];

  for (const file of FOREIGN) {
    it(`refuses ${file} before Terraform starts`, async () => {
      project.write(`${place}/${file}`, "{}");
      try {
        const { message } = await errorOf(known([]));
        expect(message).to.include(`${place}/${file}`);
        expect(await known(["server-b"]))
          .to.have.property("stacks")
          .that.deep.equals(["server-b"]);
      } finally {
        rmSync(join(project.folder, place, file));
      }
    });
  }

  it("lets pass what Terraform leaves there, and the connector that import takes over", async () => {
    const { takeOverConnector } = project.load<typeof Takeover>("scripts/stacks/taken-over-connector");
    await takeOverConnector("server-a", "c-0123456789abcdef0", true);
    writeFileSync(join(project.folder, place, ".terraform.lock.hcl"), "");
    expect(await known(["server-a"])).to.have.property("stacks");
  });

  it("refuses another content under the name of import's file", async () => {
    project.write(`${place}/taken-over-connector.tf.json`, { data: { external: { x: { program: ["id"] } } } });
    expect((await errorOf(known(["server-a"]))).message).to.include("taken-over-connector.tf.json");
  });
});
