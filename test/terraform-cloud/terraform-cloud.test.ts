import { motoObstacle } from "../deployment/world/moto";
import { terraformObstacle } from "../support/terraform";
import { describeApproval } from "./approval";
import { describeBeforehand } from "./beforehand";
import { describeClient } from "./client";
import { describeDeployment } from "./deployment";
import { describeDrift } from "./drift";
import { describeRemoval } from "./removal";
import { type CloudWorld, startCloudWorld } from "./world";

const obstacle = terraformObstacle() ?? motoObstacle();

/**
 * The project's commands with the real client of Terraform Cloud, and a stand-in for the service whose runs are real plans and
 * applies. One world for all: each part takes it as the one before leaves it.
 */
(obstacle === undefined ? describe : describe.skip)(
  `with Terraform Cloud${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  function () {
    this.timeout(900_000);
    const commands = new AbortController();
    let world: CloudWorld | undefined;

    before(async () => {
      world = await startCloudWorld(commands.signal);
    });

    after(async () => {
      commands.abort();
      await world?.close();
    });

    const current = () => {
      if (world === undefined) {
        throw new Error("there is no world");
      }
      return world;
    };
    describeBeforehand(current);
    describeDeployment(current);
    describeDrift(current);
    describeApproval(current);
    describeRemoval(current);
    describeClient(current);
  },
);
