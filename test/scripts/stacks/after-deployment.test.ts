import { expect } from "chai";
import { afterDeployment } from "../../../scripts/stacks/after-deployment";
import { errorsIn } from "../../../scripts/stacks/plan-text";

describe("after a deployment", () => {
  const plan = (stack: string, change: string) => ({
    stack,
    result: "differs" as const,
    printed: `  # aws_secretsmanager_secret.credentials ${change}\n`,
  });
  const made = (server: string) => plan(`server-${server}`, "will be created");

  it("a new server needs credentials", () => {
    expect(afterDeployment([plan("shared", "will be read"), made("acme")])).to.equal("npx sftp-sync credentials acme");
  });

  it("the status says what each of several new ones needs", () => {
    expect(afterDeployment([made("acme"), made("other")])).to.equal("npx sftp-sync status");
  });

  it("a server that was there, or took its secret over, needs nothing", () => {
    expect(afterDeployment([plan("server-acme", "will be updated in-place")])).to.equal(undefined);
  });
});

describe("the errors of a plan", () => {
  const plan = "Terraform planned the following actions, but then encountered a problem:\n  # a.b will be created\n\n";

  it("are shown without what was planned until then, in a box or without one", () => {
    expect(errorsIn(`${plan}Error: no state\n\n  with a.b,\n`)).to.equal("Error: no state\n\n  with a.b,");
    expect(errorsIn(`${plan}╷\n│ Error: no state\n╵\n`)).to.equal("╷\n│ Error: no state\n╵");
  });

  it("are all that was printed where none is found", () => {
    expect(errorsIn("\nexec: no terraform\n")).to.equal("exec: no terraform");
  });
});
