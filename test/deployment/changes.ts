import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { SERVER_ADDRESSES, watchedSyncAddresses } from "../stacks/addresses";
import { type Definition, definitionOf, syncOf } from "./world/definitions";
import { type PlainWorld, STACKS } from "./world/plain-world";
import type { Changes } from "./world/plan";
import type { Stacks } from "./world/stacks";

interface Variant {
  readonly title: string;
  /** @returns the definition in the place of this one, which is partner-a's. */
  change(definition: Definition, world: PlainWorld): Definition;
  /** All that Terraform may touch. */
  readonly expected: Changes;
}

/** Those of one line are planned at once: what they touch has nothing in common but the dashboard. */
const VARIANTS: readonly (readonly Variant[])[] = [
  [
    {
      title: "a sync that is put before another adds what belongs to it, and its folder to what the roles reach",
      change: (definition, { remoteA }) => ({
        ...definition,
        SyncSettings: [syncOf("partner-a", remoteA, "invoices"), ...definition.SyncSettings],
      }),
      expected: {
        "aws_cloudwatch_dashboard.server": "update dashboard_body",
        "aws_cloudwatch_metric_alarm.no_success_invoices": "create",
        "aws_iam_role_policy.connector_access": "update policy",
        "aws_iam_role_policy.engine": "update policy",
        "aws_scheduler_schedule.sync_invoices": "create",
        "aws_ssm_parameter.sync_invoices": "create",
      },
    },
    {
      title: "another number of connections is told to the functions, and set again",
      change: (definition) => ({ ...definition, MaxConcurrentConnections: 2 }),
      expected: {
        "aws_lambda_function.finish_run": "update environment",
        "aws_lambda_function.get_list_status": "update environment",
        "aws_lambda_function.remote_folders_list": "update environment",
        "aws_lambda_function.sync_remote_folder": "update environment",
        "aws_lambda_invocation.connector_concurrency": "replace",
      },
    },
  ],
  [
    {
      title: "a sync that is renamed moves its schedule, its parameter and its alarm, and nothing else",
      change: (definition) => ({
        ...definition,
        SyncSettings: definition.SyncSettings.map((sync) =>
          sync.Name === "orders" ? { ...sync, Name: "bills" } : sync,
        ),
      }),
      expected: {
        "aws_cloudwatch_dashboard.server": "update dashboard_body",
        "aws_cloudwatch_metric_alarm.no_success_bills": "create",
        "aws_cloudwatch_metric_alarm.no_success_orders": "delete",
        "aws_scheduler_schedule.sync_bills": "create",
        "aws_scheduler_schedule.sync_orders": "delete",
        "aws_ssm_parameter.sync_bills": "create",
        "aws_ssm_parameter.sync_orders": "delete",
      },
    },
    {
      title: "another address and other host keys change the connector in its place",
      change: (definition) => ({
        ...definition,
        Url: definition.Url.replace("127.0.0.1", "localhost"),
        PublicKey: definition.PublicKey.slice(0, 1),
      }),
      expected: {
        "aws_cloudwatch_dashboard.server": "update dashboard_body",
        "aws_lambda_invocation.connector_concurrency": "replace",
        "aws_transfer_connector.connector": "update sftp_config, url",
      },
    },
  ],
  [
    {
      title: "another description is shown on the dashboard, and that is all",
      change: (definition) => ({ ...definition, Description: "Something else" }),
      expected: { "aws_cloudwatch_dashboard.server": "update dashboard_body" },
    },
    {
      title: "a disabled server keeps everything but the alarm that waits for its runs",
      change: (definition) => ({ ...definition, Enabled: false }),
      expected: {
        "aws_cloudwatch_dashboard.server": "update dashboard_body",
        "aws_cloudwatch_metric_alarm.no_success_orders": "delete",
        "aws_scheduler_schedule.sync_orders": "update state",
      },
    },
  ],
];

const ADDED = "server-partner-0";

export function describeChanges(current: () => PlainWorld): void {
  describe("a changed definition", () => {
    /** All in one folder, whose provider stays. */
    const synthesized = (definition: Definition) =>
      current().project.variant("changed", [definition, current().partnerB]);

    before(async () => {
      await (await synthesized(current().partnerA)).init("server-partner-a");
    });

    for (const variants of VARIANTS) {
      it(variants.map(({ title }) => title).join("; "), async () => {
        const changed = variants.reduce((before, { change }) => change(before, current()), current().partnerA);
        const expected = Object.assign({}, ...variants.map((variant) => variant.expected));
        expect(await (await synthesized(changed)).plan("server-partner-a")).to.deep.equal(expected);
      });
    }
  });

  describe("a server that is renamed, with its state", () => {
    const RENAMED = "server-partner-new";

    it("keeps its connector, and has all that goes by its name made anew", async () => {
      const { partnerA, partnerB, project } = current();
      const definition = { ...partnerB, Name: "partner-new", FormerName: partnerB.Name, Enabled: false };
      const renamed = await project.variant("renamed", [partnerA, definition]);
      const state = join(project.folder, `terraform.${RENAMED}.tfstate`);
      await copyFile(join(project.folder, "terraform.server-partner-b.tfstate"), state);
      await renamed.init(RENAMED);
      const plan = await renamed.plan(RENAMED);
      await rm(state);
      expect(plan["aws_transfer_connector.connector"]).to.match(/^update /);
      expect(plan).not.to.have.property("aws_cloudwatch_log_group.connector");
      expect(plan["aws_secretsmanager_secret.credentials"]).to.equal("replace");
      expect(plan["aws_sfn_state_machine.run"]).to.equal("replace");
      expect(plan["aws_ssm_parameter.sync_reports"]).to.equal("replace");
    });
  });

  describe("a server that is added", () => {
    let stacks: Stacks;

    before(async () => {
      const { partnerA, partnerB, project, remoteA } = current();
      const added = definitionOf("partner-0", remoteA, [syncOf("partner-0", remoteA, "orders")]);
      stacks = await project.variant("with-another-server", [added, partnerA, partnerB]);
    });

    it("changes no other stack", () => {
      for (const stack of STACKS) {
        expect(stacks.text(stack), stack).to.equal(current().stacks.text(stack));
      }
    });

    it("has the addresses of every other server, and creates what it has", async () => {
      await stacks.init(ADDED);
      const created = Object.entries(await stacks.plan(ADDED));
      expect(new Set(created.map(([, change]) => change))).to.deep.equal(new Set(["create"]));
      const expected = [...SERVER_ADDRESSES, ...watchedSyncAddresses("orders")];
      const managed = expected.filter((address) => !address.startsWith("data."));
      expect(created.map(([address]) => address)).to.have.members(managed);
    });
  });
}
