import type { Command } from "commander";
import { EXIT } from "../commands/exit-codes";
import { type AwsFlags, addAwsCommand } from "./aws-command";
import { print, printJson } from "./print";

export function addTest(program: Command): void {
  addAwsCommand(program, "test", {
    summary: "have a server's connector on AWS log in, and explain what stands in its way",
    details: `Nothing is listed or transferred. Where that is known, the server's host key is held against the definition.

Exit code: 0 connected; 1 not connected; 2 wrong usage, or AWS refuses.`,
    examples: ["test partner", "test partner --json"],
  })
    .argument("<server>", "a server's name, or its definition's file")
    .action(test);
}

async function test(server: string, { json = false, ...flags }: AwsFlags): Promise<void> {
  const { testConnection } = await import("../commands/aws/status/test-connection.js");
  const { nextCommand } = await import("../commands/aws/access/next-command.js");
  const { testText } = await import("../commands/aws/status/test-text.js");
  const result = await testConnection({ server, ...flags });
  if (json) {
    printJson(result);
  } else {
    print(testText(result));
    if (result.isConnected) {
      print(`Next: ${nextCommand(["run", server, "--wait"], flags)}`);
    }
  }
  process.exitCode = result.isConnected ? EXIT.ok : EXIT.failed;
}
