import { motoObstacle } from "../../deployment/world/moto";
import { describeAccount } from "./account";
import { describeCommandLine } from "./command-line";
import { describeConnections } from "./connections";
import { describeCost } from "./cost";
import { describeExplain } from "./explain";
import { describeImport } from "./import";
import { describeLifecycle } from "./lifecycle";
import { describeNextCommand } from "./next-command";
import { describePreview } from "./preview";
import { describeRuns } from "./runs";
import { describeStatus } from "./status";
import { describeTerminal } from "./terminal";
import { type CommandWorld, startCommandWorld } from "./world";

const obstacle = motoObstacle();

/** The commands that work against AWS, in an emulated account. One for all: each part brings servers of its own. */
(obstacle === undefined ? describe : describe.skip)(
  `commands on AWS${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  function () {
    this.timeout(120_000);
    let world: CommandWorld | undefined;

    before(async () => {
      world = await startCommandWorld();
    });

    after(() => world?.close());

    const present = () => {
      if (world === undefined) {
        throw new Error("there is no account");
      }
      return world;
    };
    describeAccount(present);
    describeNextCommand(present);
    describeRuns(present);
    describeConnections(present);
    describeCommandLine(present);
    describeExplain(present);
    describeTerminal(present);
    describeStatus(present);
    describeLifecycle(present);
    describeImport(present);
    describeCost(present);
    describePreview(present);
  },
);
