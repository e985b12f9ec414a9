import type { Command } from "commander";
import { addStackCommand } from "./stack-command";

const DETAILS = `Their definitions have to be there still. Servers go first, then the stack named shared. Objects in target buckets stay.

Exit code: 0 destroyed; 1 a stack was not; 2 wrong definition, settings or usage.`;

export function addDestroy(program: Command): void {
  addStackCommand(program, "destroy", {
    summary: "destroy the stacks that are named, once you approve of the plans",
    details: DETAILS,
    examples: ["destroy partner", "destroy '*'"],
    none: "'*' for all",
  })
    .plans()
    .applies()
    .does(async () => {
      const { destroy } = await import("../stacks/destroy.js");
      return destroy;
    });
}
