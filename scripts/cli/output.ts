import type { Command } from "commander";
import { addStackCommand } from "./stack-command";

export function addOutput(program: Command): void {
  addStackCommand(program, "output", {
    summary: "show what stacks put out: ARNs, and the addresses that a partner has to let in",
    details: "As they were deployed last. Outputs that are sensitive are left out.",
    examples: ["output partner", "output partner --json"],
  })
    .option("--json", "print one JSON document: the outputs of each stack, by its name")
    .does(async () => {
      const { output } = await import("../stacks/output.js");
      return output;
    });
}
