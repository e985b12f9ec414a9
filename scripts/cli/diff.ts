import type { Command } from "commander";
import { addStackCommand } from "./stack-command";

export function addDiff(program: Command): void {
  addStackCommand(program, "diff", {
    summary: "plan stacks, and show the plans and what they come to; nothing is changed",
    details: "Exit code: 0 planned; 1 a stack could not be; 2 wrong definition, settings or usage.",
    examples: ["diff", "diff partner"],
  })
    .plans()
    .does(async () => {
      const { diff } = await import("../stacks/diff.js");
      return diff;
    });
}
