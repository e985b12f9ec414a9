import { expect } from "chai";
import { ENVIRONMENT_VARIABLE } from "../../config/installation/installation";
import { UserError } from "../../local/errors/user-error";
import { environmentName, useEnvironment } from "../../scripts/commands/environment";

describe("the environment of a command", () => {
  const before = process.env[ENVIRONMENT_VARIABLE];

  afterEach(() => {
    if (before === undefined) {
      delete process.env[ENVIRONMENT_VARIABLE];
    } else {
      process.env[ENVIRONMENT_VARIABLE] = before;
    }
  });

  it("is the one that was named, else that of the variable", () => {
    process.env[ENVIRONMENT_VARIABLE] = "prod";
    useEnvironment(undefined);
    expect(environmentName()).to.equal("prod");
    useEnvironment("stage");
    expect(environmentName()).to.equal("stage");
  });

  it("is not that of cdktf.json because a shell's variable was empty", () => {
    process.env[ENVIRONMENT_VARIABLE] = "prod";
    expect(() => useEnvironment("")).to.throw(UserError, "--env names no environment");
  });
});
