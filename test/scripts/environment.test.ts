import { expect } from "chai";
import { ENVIRONMENT_VARIABLE } from "../../config/installation/installation";
import { UserError } from "../../local/errors/user-error";
import { environmentName, useEnvironment } from "../../scripts/commands/environment";
import { keepEnvironment } from "../support/environment";

describe("the environment of a command", () => {
  afterEach(keepEnvironment());

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
