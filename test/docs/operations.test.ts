import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { loadDefinitionFiles } from "../../config/load-definitions";
import { SECRETS_STAY } from "../../scripts/stacks/removal";
import { addresses, resources, type StackJson, synthStack } from "../stacks/support";

const ROOT = join(__dirname, "..", "..");
const PAGE = readFileSync(join(ROOT, "docs", "operations.md"), "utf8");

const alarmSchema = z.object({ alarm_description: z.string() });

async function exampleStack(id: string): Promise<StackJson> {
  const { definitions } = await loadDefinitionFiles([join(ROOT, "servers", "example.yaml")]);
  return synthStack(id, { definitions });
}

/** The block of the page that shows what `terraform state list` prints. */
function shownState(id: string): string[] {
  const [, block = ""] = new RegExp(`<!-- state list: ${id} -->\\n+\`\`\`text\\n([^\`]*)\`\`\``).exec(PAGE) ?? [];
  return block.trim().split("\n");
}

/** The headings of the page, as GitHub makes anchors of them. */
function anchors(): string[] {
  return [...PAGE.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase().replaceAll(" ", "-"));
}

describe("docs/operations.md", () => {
  for (const id of ["shared", "server-partner-a"]) {
    it(`shows the state of ${id} as the example's stack has it`, async () => {
      expect(shownState(id)).to.deep.equal(addresses(await exampleStack(id)));
    });

    it(`has a section for each alarm of ${id}`, async () => {
      const alarms = Object.values(resources(await exampleStack(id), "aws_cloudwatch_metric_alarm"));
      const named = alarms.map((alarm) => {
        const { alarm_description: text } = alarmSchema.parse(alarm);
        return /docs\/operations\.md#([a-z-]+)/.exec(text)?.[1];
      });
      expect(named).not.to.have.length(0);
      expect(anchors()).to.include.members(named);
    });
  }

  it("has the section that npm run destroy leads to", () => {
    const [, named] = /docs\/operations\.md#([a-z-]+)/.exec(SECRETS_STAY) ?? [];
    expect(anchors()).to.include(named);
  });
});
