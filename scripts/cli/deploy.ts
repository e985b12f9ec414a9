import type { Command } from "commander";
import { addStackCommand } from "./stack-command";

const DETAILS = `The stack named shared goes first: where it changes, its plan is approved of and applied before those of servers are made. All the others are approved of at once, and exactly what was approved is applied. A stack that fails keeps no other from being applied.

Exit code: 0 deployed; 1 a stack was not; 2 wrong definition, settings or usage.`;

export function addDeploy(program: Command): void {
  addStackCommand(program, "deploy", {
    summary: "plan stacks, show what the plans come to, and apply them once you approve",
    details: DETAILS,
    examples: ["deploy shared", "deploy partner", "deploy 'partner-*' --yes"],
  })
    .plans()
    .applies()
    .option("--restore-secrets", "restore this installation's deleted secrets of servers to create, and take them over")
    .option("--refresh-only", "bring the state up to what is there, and change nothing else")
    .option("--outputs-file <file>", "write the stacks' outputs there, as JSON")
    .option("--outputs-file-include-sensitive-outputs", "sensitive ones too")
    .does(async () => {
      const { deploy } = await import("../stacks/deploy.js");
      return deploy;
    });
}
