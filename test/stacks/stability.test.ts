import { expect } from "chai";
import type { ServerDefinition, SyncDefinition } from "../../contract/model";
import { addresses, type StackJson, synthStack, synthTexts, testServer, testSync } from "./support";

const synthServer = (syncs: SyncDefinition[]): StackJson =>
  synthStack("server-partner-a", { definitions: [testServer("partner-a", { syncs })] });

const servers = (...names: string[]): ServerDefinition[] => names.map((name) => testServer(name));

describe("synthesis", () => {
  it("gives the same JSON every time, wherever it goes", () => {
    const definitions = servers("partner-a", "partner-b");
    expect([...synthTexts({ definitions })]).to.deep.equal([...synthTexts({ definitions })]);
  });

  it("makes one stack for each definition, beside the shared one", () => {
    expect([...synthTexts({ definitions: servers("b", "a") }).keys()]).to.have.members([
      "shared",
      "server-a",
      "server-b",
    ]);
  });

  it("holds no path of this machine", () => {
    for (const [id, text] of synthTexts({ definitions: servers("partner-a") })) {
      expect(text, id).not.to.include(process.cwd());
      expect(text, id).not.to.include("/tmp/");
    }
  });

  it("names no partition: what is written for one is refused in others", () => {
    for (const [id, text] of synthTexts({ definitions: servers("partner-a") })) {
      expect(text, id).not.to.match(/arn:aws/);
    }
  });

  it("moves nothing when a sync is put before another", () => {
    const before = synthServer([testSync("orders")]);
    const after = synthServer([testSync("invoices"), testSync("orders")]);
    expect(addresses(after)).to.include.members(addresses(before));
    const added = addresses(after).filter((address) => !addresses(before).includes(address));
    expect(added).to.deep.equal([
      "aws_cloudwatch_metric_alarm.no_success_invoices",
      "aws_scheduler_schedule.sync_invoices",
      "aws_ssm_parameter.sync_invoices",
    ]);
    for (const type of ["aws_scheduler_schedule", "aws_ssm_parameter"]) {
      expect(after.resource[type]?.sync_orders).to.deep.equal(before.resource[type]?.sync_orders);
    }
  });

  it("leaves other servers' stacks as they are when one is added", () => {
    const before = synthTexts({ definitions: servers("partner-b") });
    const after = synthTexts({ definitions: servers("partner-a", "partner-b") });
    expect(after.get("server-partner-b")).to.equal(before.get("server-partner-b"));
    expect(after.get("shared")).to.equal(before.get("shared"));
  });

  it("takes a sync that is named like a word of its resource's type", () => {
    const stack = synthServer([testSync("schedule"), testSync("scheduler"), testSync("ssm")]);
    expect(addresses(stack)).to.include.members([
      "aws_scheduler_schedule.sync_schedule",
      "aws_scheduler_schedule.sync_scheduler",
      "aws_ssm_parameter.sync_ssm",
    ]);
  });
});
