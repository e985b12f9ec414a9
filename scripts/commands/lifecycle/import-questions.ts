import { UserError } from "../../../local/errors/user-error";
import { nextCommand } from "../aws/access/next-command";
import { flagWords } from "../definitions/new";
import type { ExistingConnector } from "./existing-connector";
import type { ImportOptions } from "./import";

type Given = Pick<ImportOptions, "name" | "connector" | "flags" | "logGroup" | "dryRun" | "yes" | "profile" | "region">;

/** The options that a new definition takes besides what the connector says, each with what stands for its value. */
function missingOptions(flags: Given["flags"], { hostKeys }: Pick<ExistingConnector, "hostKeys">): string[][] {
  const { folder, bucket, schedule, publicKey = [] } = flags;
  return [
    ...(hostKeys.length + publicKey.length === 0 ? [["--public-key", "KEY"]] : []),
    ...(folder === undefined ? [["--folder", "FOLDER"]] : []),
    ...(bucket === undefined ? [["--bucket", "BUCKET"]] : []),
    ...(schedule === undefined ? [["--schedule", "SCHEDULE"]] : []),
  ];
}

/**
 * @param isNew whether there is no such definition.
 * @throws UserError where a question would be left, with the whole command to type instead.
 */
export function expectNoQuestion(options: Given, connector: ExistingConnector, isNew: boolean): void {
  const { name, flags, logGroup = false, dryRun = false, yes = false, profile, region } = options;
  const values = isNew ? missingOptions(flags, connector) : [];
  const missing = [...values, ...(yes || dryRun ? [] : [["--yes"]])];
  if (missing.length === 0) {
    return;
  }
  const given = [...flagWords(flags), ...(logGroup ? ["--log-group"] : []), ...(dryRun ? ["--dry-run"] : [])];
  const words = ["import", name, connector.id, ...given, ...missing.flat()];
  throw new UserError(
    `There is no terminal to ask questions at, and nothing was written. Missing: ${missing.map((one) => one.join(" ")).join(", ")}`,
    {
      next: `${nextCommand(words, { profile, region })}${values.length === 0 ? "" : "  (or with --draft, which prints the file to fill in)"}`,
    },
  );
}
