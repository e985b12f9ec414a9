import type { Command } from "commander";
import { EXIT } from "../commands/exit-codes";
import { addStackCommand } from "./stack-command";

export function addDrift(program: Command): void {
  addStackCommand(program, "drift", {
    summary: "plan stacks, and print as Markdown where what is deployed differs",
    details: "Exit code: 0 nothing differs; 2 something does; 1 a stack could not be planned, or wrong usage.",
    examples: ["drift", "drift partner -lock=false"],
    usageExitCode: EXIT.failed,
  })
    .plans()
    .does(async () => {
      const { drift } = await import("../stacks/drift.js");
      return drift;
    });
}
