import type { Command } from "commander";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printJson } from "./print";

export function addAlarms(program: Command): void {
  addAwsCommand(program, "alarms", {
    summary: "show the alarms that ring on AWS, what each means and what to do",
    examples: ["alarms", "alarms partner", "alarms --json"],
  })
    .argument("[server]", "only those of this server: its name, or its definition's file")
    .action(alarms);
}

async function alarms(server: string | undefined, { json = false, ...flags }: AwsFlags): Promise<void> {
  const { alarmsOf } = await import("../commands/aws/status/alarms-command.js");
  const { alarmsText } = await import("../commands/aws/status/alarms-text.js");
  const found = await alarmsOf({ server, ...flags });
  if (json) {
    printJson({ alarms: found });
  } else {
    print(alarmsText(found));
  }
}
