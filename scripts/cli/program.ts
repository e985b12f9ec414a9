import { Command } from "commander";
import { COMMAND } from "../commands/command-line";
import { useEnvironment } from "../commands/environment";
import { withHelp } from "./add-command";
import { addAlarms } from "./alarms";
import { addCompletion } from "./completion";
import { addCost } from "./cost";
import { addCredentials } from "./credentials";
import { addDeploy } from "./deploy";
import { addDestroy } from "./destroy";
import { addDiff } from "./diff";
import { addDrift } from "./drift";
import { addEdit } from "./edit";
import { addExplain } from "./explain";
import { addHostKey } from "./host-key";
import { addImport } from "./import";
import { addList } from "./list";
import { addLocal } from "./local";
import { addMigrate } from "./migrate";
import { addMove } from "./move";
import { addNew } from "./new";
import { addOutput } from "./output";
import { addOverview } from "./overview";
import { addPreview } from "./preview";
import { addRemove } from "./remove";
import { addReport } from "./report";
import { addRun } from "./run";
import { addRuns } from "./runs";
import { addShow } from "./show";
import { addStatus } from "./status";
import { addStop } from "./stop";
import { addSummary } from "./summary";
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
    .hook("preAction", (_, action) => useEnvironment(action.opts<{ env?: string }>().env))
    .exitOverride();
  withHelp(root, { examples: ["validate", "local servers/partner.yaml --dry-run"] });
  const commands = [
    ...[
      addNew,
      addImport,
      addMigrate,
      addEdit,
      addList,
      addOverview,
      addShow,
      addHostKey,
      addMove,
      addRemove,
      addValidate,
    ],
    ...[addSummary, addPreview, addCost],
    addLocal,
    ...[addDiff, addDeploy, addDrift, addOutput, addDestroy],
    ...[addStatus, addCredentials, addTest, addRun, addStop, addRuns, addReport, addExplain, addAlarms],
    addCompletion,
  ];
  for (const add of commands) {
    add(root);
  }
  return root;
}
