import { Command } from "commander";
import { COMMAND } from "../commands/command-line";
import { withHelp } from "./add-command";
import { addAlarms } from "./alarms";
import { addCompletion } from "./completion";
import { addCredentials } from "./credentials";
import { addExplain } from "./explain";
import { addLocal } from "./local";
import { addReport } from "./report";
import { addRun } from "./run";
import { addRuns } from "./runs";
import { addStatus } from "./status";
import { addStop } from "./stop";
import { addTest } from "./test";
import { addValidate } from "./validate";

/** The command line, with all of its commands. Each loads what it works with when it is called. */
export function program(): Command {
  const root = new Command("sftp-sync")
    .description("Keeps S3 buckets up to date with remote SFTP servers.")
    .usage("COMMAND [options]")
    .commandsGroup("Help:")
    .helpCommand("help [command]", "show the help of a command")
    .showHelpAfterError(`Next: ${COMMAND} --help`)
    .exitOverride();
  withHelp(root, { examples: ["validate", "local servers/partner.yaml --dry-run"] });
  for (const add of [
    addValidate,
    addLocal,
    addRun,
    addStop,
    addRuns,
    addReport,
    addStatus,
    addAlarms,
    addCredentials,
    addTest,
    addExplain,
    addCompletion,
  ]) {
    add(root);
  }
  return root;
}
