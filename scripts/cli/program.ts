import { Command } from "commander";
import { COMMAND } from "../commands/command-line";
import { useEnvironment } from "../commands/environment";
import { withHelp } from "./add-command";
import { addCompletion } from "./completion";
import { addEdit } from "./edit";
import { addHostKey } from "./host-key";
import { addList } from "./list";
import { addLocal } from "./local";
import { addNew } from "./new";
import { addShow } from "./show";
import { addSummary } from "./summary";
import { addValidate } from "./validate";

/** The command line, with all of its commands. Each loads what it works with when it is called. */
export function program(): Command {
  const root = new Command("sftp-sync")
    .description("Keeps S3 buckets up to date with remote SFTP servers.")
    .usage("COMMAND [options]")
    .commandsGroup("Help:")
    .helpCommand("help [command]", "show the help of a command")
    .showHelpAfterError(`Next: ${COMMAND} --help`)
    .hook("preAction", (_, action) => useEnvironment(action.opts<{ env?: string }>().env))
    .exitOverride();
  withHelp(root, { examples: ["validate", "local servers/partner.yaml --dry-run"] });
  for (const add of [addNew, addEdit, addList, addShow, addValidate, addSummary, addHostKey, addLocal, addCompletion]) {
    add(root);
  }
  return root;
}
