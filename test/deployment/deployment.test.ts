import { expect } from "chai";
import { fenceWith, placeOf } from "../support/fences";
import { terraformObstacle } from "../support/terraform";
import { describeChanges } from "./changes";
import { describeConnectorUpdates } from "./connector-updates";
import { describeCredentials } from "./credentials";
import { describeDocumentedCommands } from "./documented-commands";
import { describeFailures } from "./failures";
import { describeFirstDeployment } from "./first-deployment";
import { describeRemoval } from "./removal";
import { describeSynchronisation } from "./synchronisation";
import { commandsObstacle, Documented } from "./world/documented";
import { motoObstacle } from "./world/moto";
import { type PlainWorld, startPlainWorld } from "./world/plain-world";

const obstacle = terraformObstacle() ?? motoObstacle();

/**
 * The stacks as real Terraform deploys them with the real AWS provider to an emulated account, and what runs there then.
 * One world for all: each part takes it as the one before leaves it.
 */
(obstacle === undefined ? describe : describe.skip)(
  `deployed by Terraform${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  function () {
    this.timeout(900_000);
    const commands = new AbortController();
    const documented = new Documented();
    let world: PlainWorld | undefined;

    before(async () => {
      world = await startPlainWorld(commands.signal, documented);
    });

    after(async () => {
      commands.abort();
      await world?.close();
    });

    const plain = () => present(world);
    describeFirstDeployment(plain);
    describeCredentials(plain);
    describeSynchronisation(plain);
    describeFailures(plain);
    describeDocumentedCommands(plain, documented);
    describeChanges(plain);
    describeConnectorUpdates(plain);
    describeRemoval(plain, documented);

    describe("the documents", () => {
      it("have no other commands that need an account, but for those that are tried with Terraform Cloud", function () {
        if (commandsObstacle() !== undefined) {
          this.skip();
        }
        expect(documented.left()).to.deep.equal([placeOf(fenceWith("README.md", "sftp-sync deploy"))]);
      });
    });
  },
);

function present<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("nothing is deployed");
  }
  return value;
}
