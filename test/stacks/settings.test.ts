import { expect } from "chai";
import { resources, synthStack, testServer, testSettings } from "./support";

const BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

describe("settings that concern every stack", () => {
  const input = (context: Record<string, unknown>) => ({
    definitions: [testServer("partner")],
    settings: testSettings(context),
  });

  for (const [id, roles] of [
    ["shared", 2],
    ["server-partner", 4],
  ] as const) {
    it(`puts the permissions boundary on each of the ${roles} roles of ${id}`, () => {
      const stack = synthStack(id, input({ permissionsBoundaryArn: BOUNDARY }));
      const found = Object.values(resources(stack, "aws_iam_role"));
      expect(found).to.have.length(roles);
      for (const role of found) {
        expect(role).to.include({ permissions_boundary: BOUNDARY });
      }
    });

    it(`gives ${id} a workspace of its own in Terraform Cloud`, () => {
      const terraformCloud = { organization: "acme", project: "feeds", workspacePrefix: "sftp-" };
      const { terraform } = synthStack(id, input({ terraformCloud }));
      expect(terraform).not.to.have.property("backend");
      expect(terraform.cloud).to.deep.equal({
        organization: "acme",
        workspaces: { name: `sftp-${id}`, project: "feeds" },
      });
    });
  }

  it("has no boundary and no workspace by default", () => {
    const stack = synthStack("server-partner", input({}));
    const bound = Object.values(resources(stack, "aws_iam_role")).filter((role) => "permissions_boundary" in role);
    expect(bound).to.deep.equal([]);
    expect(stack.terraform).not.to.have.property("cloud");
  });

  it("reads the shared stack's outputs from its workspace", () => {
    const terraformCloud = { organization: "acme", hostname: "tfe.acme.example", workspacePrefix: "sftp-" };
    const stack = synthStack("server-partner", input({ terraformCloud }));
    expect(stack.data.terraform_remote_state).to.deep.equal({
      shared: {
        backend: "remote",
        config: { organization: "acme", hostname: "tfe.acme.example", workspaces: { name: "sftp-shared" } },
      },
    });
  });
});
