import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { openSession } from "../../../scripts/commands/aws/access/session";
import { keepEnvironment } from "../../support/environment";
import { errorOf } from "../../support/errors";
import type { CommandWorld } from "./world";

const ROOT = resolve(__dirname, "..", "..", "..");

export function describeAccount(world: () => CommandWorld): void {
  describe("the setting account", () => {
    const inAccount = (account: string) => {
      const { context } = JSON.parse(readFileSync(resolve(ROOT, "cdktf.json"), "utf8"));
      process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ ...context, account });
    };

    before(() => {
      process.env.AWS_ENDPOINT_URL = world().url;
      process.env.AWS_ACCESS_KEY_ID = "operator";
      process.env.AWS_SECRET_ACCESS_KEY = "emulated";
    });

    after(keepEnvironment());

    it("refuses credentials of another account, and says which is which", async () => {
      inAccount("111122223333");
      const error = await errorOf(openSession({}));
      expect(error).to.be.instanceOf(UserError);
      expect(error.message).to.match(/belong to the account 123456789012, but the setting account says 111122223333/);
    });

    it("lets those of its own account work", async () => {
      inAccount("123456789012");
      const session = await openSession({});
      expect(await session.account()).to.include({ id: "123456789012" });
    });
  });
}
