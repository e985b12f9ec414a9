import { expect } from "chai";
import { ENVIRONMENT_VARIABLE } from "../../../config/installation/installation";
import { explain } from "../../../scripts/commands/aws/explain/explain-command";
import { reportText } from "../../../scripts/commands/aws/runs/report-text";
import { reportOfRun } from "../../../scripts/commands/aws/runs/runs-command";
import { status } from "../../../scripts/commands/aws/status/status-command";
import { statusText } from "../../../scripts/commands/aws/status/status-text";
import { testConnection } from "../../../scripts/commands/aws/status/test-connection";
import { describeFailure } from "../../../scripts/commands/failure";
import { keepEnvironment } from "../../support/environment";
import { errorOf } from "../../support/errors";
import { type CommandWorld, definitionOf, deploy, deployConnector, putReport, sessionAt, syncOf } from "./world";

export function describeNextCommand(world: () => CommandWorld): void {
  describe("what to do next", () => {
    const server = "staged";
    const given = { profile: "my stage", region: "eu-west-1" };
    const flags = "--env stage --profile 'my stage' --region eu-west-1";
    const session = () => sessionAt(world().url, {}, given);

    before(async () => {
      const definition = await definitionOf(server, [syncOf("orders")]);
      await deploy(world(), definition, { connectorId: await deployConnector(world(), definition) });
      process.env[ENVIRONMENT_VARIABLE] = "stage";
    });

    after(keepEnvironment());

    it("is done on the same environment, with the same profile and Region", async () => {
      const text = statusText(await status({ servers: [server], session: session() }), given);
      expect(text).to.include(`Next for staged: npx sftp-sync credentials staged ${flags}`);
      expect((await testConnection({ server, session: session() })).next).to.include(`credentials staged ${flags}`);
      const { syncs } = await explain({ server, path: "/orders/a.csv", session: session() });
      expect(syncs.map(({ next }) => next)).to.deep.equal([`npx sftp-sync run staged orders ${flags} --wait`]);
      const none = await errorOf(reportOfRun({ server, session: session() }));
      expect(describeFailure(none, "").text).to.match(
        /Next: npx sftp-sync run staged --env stage --profile 'my stage'/,
      );
    });

    it("is so for the stack too, which takes no profile", async () => {
      const none = await errorOf(testConnection({ server: "nowhere", session: session() }));
      expect(describeFailure(none, "").text).to.include("Next: npx sftp-sync deploy nowhere --env stage, or");
    });

    it("is so after a run that was skipped", async () => {
      const report = await putReport(world(), { server, sync: "orders", run: "skipped" }, { status: "SKIPPED" });
      expect(reportText({ report }, "s3://b/k", given)).to.include(
        `npx sftp-sync stop staged orders ${flags} ends that`,
      );
    });
  });
}
