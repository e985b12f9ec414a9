import { expect } from "chai";
import { terraformObstacle } from "../support/terraform";
import { describeCdktf } from "./cdktf";
import { describeChanges } from "./changes";
import { describeConnectorUpdates } from "./connector-updates";
import { describeCredentials } from "./credentials";
import { describeDocumentedCommands } from "./documented-commands";
import { describeFailures } from "./failures";
import { describeFirstDeployment } from "./first-deployment";
import { describeRemoval } from "./removal";
import { describeSynchronisation } from "./synchronisation";
import { type CdktfLife, liveThroughCdktf } from "./world/cdktf-life";
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
    let cdktf: Promise<CdktfLife> | undefined;

    before(async () => {
      // The provider spends minutes in waits of its own, so the second project lives beside the first.
      cdktf = liveThroughCdktf(commands.signal, documented);
      cdktf.catch(() => undefined); // Seen by the tests at the end.
      world = await startPlainWorld(commands.signal, documented);
    });

    after(async () => {
      commands.abort();
      await cdktf?.catch(() => undefined);
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
    describeCdktf(() => present(cdktf));

    describe("the documents", () => {
      it("have no other commands that need an account", function () {
        if (commandsObstacle() !== undefined) {
          this.skip();
        }
        expect(documented.left()).to.deep.equal([]);
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
