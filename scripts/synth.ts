import { parseArgs } from "node:util";
import { UserError } from "../local/errors/user-error";
import { endWith } from "./commands/end-with";
import { useEnvironment } from "./commands/environment";
import { EXIT } from "./commands/exit-codes";
import { synth } from "./stacks/synth";

const HELP = `npm run synth [-- OPTIONS]

Writes the Terraform JSON of every stack, and removes the folders of stacks that are no longer defined.
-o, --output DIRECTORY  where to, from the project's root (cdktf.out, or cdktf.out-NAME of an environment)
    --env NAME          work on environments/NAME.json (or set SFTP_SYNC_ENVIRONMENT)
-a, --app COMMAND       what synthesizes, instead of \`app\` of cdktf.json
Exit code: 0 written; 1 not, the reason is printed; 2 wrong usage.

Example:
  npm run synth -- --output /tmp/stacks`;

/** The options of `cdktf synth` that have a use here; the variables are those of the cdktf command. */
async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { help, env: environment, output = env.CDKTF_OUTPUT, app = env.CDKTF_APP } = optionsIn(args);
  if (help) {
    console.log(HELP);
    return EXIT.ok;
  }
  useEnvironment(environment);
  return synth([], { ...(output && { output }), ...(app && { app }) });
}

/** @throws UserError for what is none of the options. */
function optionsIn(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        env: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
        output: { type: "string", short: "o" },
        app: { type: "string", short: "a" },
      },
    });
    return values;
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error), {
      next: "npm run synth -- --help; for further options of cdktf's own command: npm run cdktf -- synth --help",
    });
  }
}

endWith(main(process.argv.slice(2), process.env), "npm run synth -- --help");
