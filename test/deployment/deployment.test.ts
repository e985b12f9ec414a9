import { terraformObstacle } from "../support/terraform";
import { describeChanges } from "./changes";
import { describeConnectorUpdates } from "./connector-updates";
import { describeCredentials } from "./credentials";
import { describeFailures } from "./failures";
import { describeFirstDeployment } from "./first-deployment";
import { describeRemoval } from "./removal";
import { describeSynchronisation } from "./synchronisation";
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
    let world: PlainWorld | undefined;

    before(async () => {
      world = await startPlainWorld(commands.signal);
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
    describeChanges(plain);
    describeConnectorUpdates(plain);
    describeRemoval(plain);
  },
);

function present<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("nothing is deployed");
  }
  return value;
}
