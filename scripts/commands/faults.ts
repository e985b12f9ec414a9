import { readFile } from "node:fs/promises";
import { formatProblem } from "../../config/problems/problem";
import { UserError } from "../../local/errors/user-error";
import type { FaultPlan } from "../../local/faults/faults-schema";
import { readFaults } from "../../local/faults/read-faults";

const NEXT = "Correct the file; docs/faults.md describes every fault.";

/** Reads a faults file. @throws UserError naming everything that is wrong. */
export async function loadFaults(file: string): Promise<FaultPlan> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`The faults file cannot be read: ${file} (${error.code ?? error.message})`, { next: NEXT });
  });
  const { faults, problems } = readFaults(file, text);
  if (faults === undefined) {
    throw new UserError(problems.map(formatProblem).join("\n"), { next: NEXT });
  }
  return faults;
}
