import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { limitUses } from "../../../scripts/commands/overview/account-limits";
import { weekOf } from "../../../scripts/commands/overview/week";
import { testSettings } from "../../stacks/support";

const QUOTAS = readFileSync(join(__dirname, "..", "..", "..", "docs", "quotas.md"), "utf8").replaceAll(/\s+/g, " ");

describe("the account's limits", () => {
  const week = weekOf([], new Date());
  const usesOf = (servers: number) =>
    new Map(
      limitUses({ servers, syncs: 2 * servers }, week, testSettings({ reservedConcurrency: 10 })).map((use) => [
        use.name,
        use,
      ]),
    );

  it("are those of docs/quotas.md, and so is what an installation takes of them", () => {
    const large = usesOf(300);
    expect(QUOTAS).to.contain(
      `| ${large.get("IAM roles")?.used.toLocaleString("en-US")} | 1,000 in all Regions together`,
    );
    expect(QUOTAS).to.contain(`| ${large.get("SSM parameters")?.used} | 10,000 standard`);
    expect(QUOTAS).to.contain(`| ${large.get("Schedule groups")?.used} | 500, one of which is \`default\``);
    expect(QUOTAS).to.contain("All connectors of an account share 50 MB/s");
    expect(QUOTAS).to.contain("600 of the 1,000 concurrent executions");
  });

  it("end where docs/quotas.md says that they do", () => {
    const fits = (name: string, servers: number) => {
      const use = usesOf(servers).get(name);
      return use !== undefined && use.used <= use.limit;
    };
    for (const [name, text] of [
      ["IAM roles", /the default ends at (\d+) servers, less/],
      ["Schedule groups", /so that its role can be tied to it: the default ends at (\d+) servers/],
      ["Reserved Lambda executions", /with 1,000, (\d+) servers may reserve 10/],
    ] as const) {
      const last = Number(text.exec(QUOTAS)?.[1]);
      expect([fits(name, last), fits(name, last + 1)], name).to.deep.equal([true, false]);
    }
  });
});
