// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's templates are part of the subject
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { literal } from "../../stacks/terraform/terraform-text";
import { synthInto, testServer, testSettings, testSync } from "../stacks/support";
import { type Terraform, terraformIn, terraformObstacle } from "../support/terraform";

const obstacle = terraformObstacle();

const validationSchema = z.object({ valid: z.boolean(), diagnostics: z.array(z.unknown()) });
const outputSchema = z.object({ text: z.object({ value: z.array(z.string()) }) });

(obstacle === undefined ? describe : describe.skip)(
  `real Terraform${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  () => {
    let dir: string;
    let terraform: Terraform;

    before(() => {
      dir = mkdtempSync(join(tmpdir(), "terraform-"));
      terraform = terraformIn({ dir });
    });

    after(async () => {
      await terraform.close();
      rmSync(dir, { recursive: true, force: true });
    });

    it("initialises and validates every synthesized stack, without a warning", async () => {
      const folder = { Folder: "/a/%year%/${x}%{y}", Recursive: true, Include: ["*"], Exclude: [], MaxDepth: 1 };
      const definitions = [
        testServer("partner-a", {
          syncs: [
            testSync("orders", { RemoteFolders: folder }),
            testSync("manual", { schedule: { kind: "on-demand" } }),
          ],
        }),
        testServer("p".repeat(60), { syncs: [testSync("s".repeat(64))] }),
      ];
      const settings = testSettings({ additionalTags: { Team: "data" }, notificationEmails: ["ops@example.com"] });
      const stacks = synthInto(dir, { definitions, settings });
      expect(readdirSync(stacks)).to.have.lengthOf(3);
      for (const id of readdirSync(stacks)) {
        await terraform.init(join(stacks, id));
        const result = validationSchema.parse(JSON.parse(await terraform.run(join(stacks, id), "validate", "-json")));
        expect(result, id).to.deep.equal({ valid: true, diagnostics: [] });
      }
    }).timeout(300_000);

    it("reads literal text as it was written, whatever templates it looks like", async () => {
      const texts = ["/a/${x}/%{if}/$5/%year%", "$${x}", "$$${x}", "%%{x}", '{"a":"${b}\\n"}', "${}%{}", "100%"];
      const folder = join(dir, "texts");
      mkdirSync(folder);
      writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ output: { text: { value: texts.map(literal) } } }));
      await terraform.init(folder);
      await terraform.run(folder, "apply", "-auto-approve", "-input=false", "-no-color");
      const output = outputSchema.parse(JSON.parse(await terraform.run(folder, "output", "-json")));
      expect(output.text.value).to.deep.equal(texts);
    }).timeout(120_000);
  },
);
