import type { Command } from "commander";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printJson } from "./print";

export function addStatus(program: Command): void {
  addAwsCommand(program, "status", {
    summary: "show how servers are on AWS: deployed, last and next run, alarms, credentials, connector",
    details:
      "What may not be looked at is shown as unknown, with the reason. Times are UTC. A connector is compared with its definition: Url, PublicKey, SecurityPolicyName and MaxConcurrentConnections.",
    examples: ["status", "status partner", "status --json"],
  })
    .argument("[servers...]", "names of servers, or their definitions' files; none: all that are defined or deployed")
    .action(status);
}

async function status(servers: string[], { json = false, ...flags }: AwsFlags): Promise<void> {
  const { status: statusOf } = await import("../commands/aws/status/status-command.js");
  const { statusText } = await import("../commands/aws/status/status-text.js");
  const result = await statusOf({ servers, ...flags });
  if (json) {
    printJson(result);
  } else {
    print(statusText(result, flags));
  }
}
