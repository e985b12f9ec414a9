import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type * as KnownStacks from "../../../scripts/stacks/known-stacks";
import type * as Takeover from "../../../scripts/stacks/taken-over-connector";
import { errorOf } from "../../support/errors";
import { addStack } from "../../support/synthesized-stack";
import { tempFolder } from "../../support/temp-folder";
import { LifecycleProject } from "../lifecycle/project";

describe("a stack's folder in which somebody else has put files, or could", () => {
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

  const shared = (path: string, mode: number) => {
    const before = statSync(join(project.folder, path)).mode;
    chmodSync(join(project.folder, path), mode);
    return () => chmodSync(join(project.folder, path), before);
  };

  for (const [what, path, mode] of [
    ["its folder", place, 0o777],
    ["its configuration", `${place}/cdk.tf.json`, 0o666],
    ["the folder of all stacks", "cdktf.out/stacks", 0o777],
    ["what Terraform keeps", `${place}/.terraform/providers/example.com`, 0o777],
    ["its state", `${place}/terraform.tfstate`, 0o666],
  ] as const) {
    it(`is refused where others could change ${what}`, async function () {
      if (process.getuid === undefined) {
        this.skip(); // Windows has no such modes.
      }
      project.write(`${place}/taken-over-connector.tf.json`, { import: [] });
      project.write(`${place}/.terraform/providers/example.com/provider`, "");
      project.write(`${place}/terraform.tfstate`, "{}");
      await known(["server-a"]);
      const restore = shared(path, mode);
      try {
        const error = await errorOf(known(["server-a"]));
        expect(error.message).to.match(
          /^Others on this machine can change what Terraform would do: everybody may write in /,
        );
        expect(error.message).to.include(`/${path} (mode 0${mode.toString(8)})`);
        expect(error).to.have.property("next").that.contains("chmod go-w");
      } finally {
        restore();
      }
    });
  }

  it("takes a cache of providers that a team shares: Terraform knows them by their checksums", async () => {
    const cache = tempFolder();
    chmodSync(cache, 0o777);
    mkdirSync(join(project.folder, place, ".terraform/providers/example.com"), { recursive: true });
    symlinkSync(cache, join(project.folder, place, ".terraform/providers/example.com/linux_amd64"));
    expect(await known(["server-a"])).to.have.property("stacks");
  });
});
