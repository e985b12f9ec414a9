import { DeleteParameterCommand } from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { errorOf } from "../support/errors";
import type { CloudWorld } from "./world";

const SKIP_SYNTH = "--skip-synth";

export function describeDrift(current: () => CloudWorld): void {
  describe("what is deployed is compared with what should be", () => {
    it("nothing differs but what somebody has deleted", async () => {
      const { account, project } = current();
      await account.operator.ssm.send(new DeleteParameterCommand({ Name: "/sftp-sync/partner/orders" }));
      const { message } = await errorOf(project.npm("drift", SKIP_SYNTH));
      expect(message).to.contain("ended with 2");
      expect(message).to.contain(
        "| shared | no changes |\n| server-partner | 1 to add, 0 to change, 0 to destroy |\n\n## server-partner",
      );
      expect(message).to.contain("- `aws_ssm_parameter.sync_orders` will be created");
    });

    it("the state of the shared stack has to be shared for that, as the command says", async () => {
      const { cloud, project } = current();
      const shared = cloud.organization.workspace("sftp-sync-shared");
      shared.sharesState = false;
      const { message } = await errorOf(project.npm("drift", "server-partner", SKIP_SYNTH));
      shared.sharesState = true;
      expect(message).to.contain("ended with 1").and.to.contain("| server-partner | could not be planned |");
      expect(message).to.contain("Next: The run of a server's workspace may not read the state of sftp-sync-shared");
    });
  });
}
