import { loadSettings } from "./commands/settings";
import { expectApproval, isQuestion } from "./stacks/approval";
import { endWith, runCdktf } from "./stacks/cdktf";
import { reportMissing, withOutputs } from "./stacks/outcome";
import { expectShared } from "./stacks/shared-stack";
import { cdktfDeploy } from "./stacks/stack-commands";
import { ALL, stackArguments } from "./stacks/stack-names";

async function deploy(args: readonly string[]): Promise<number> {
  const { names, options } = stackArguments(args);
  if (isQuestion(options)) {
    return runCdktf(["deploy", ...options]);
  }
  expectApproval(options, "npm run diff, and when its plans were reviewed the same command with --auto-approve");
  const settings = await loadSettings();
  const named = names.length === 0 ? [ALL] : names;
  await expectShared(named, settings);
  const { code, deployed } = await withOutputs(options, (all) =>
    runCdktf(cdktfDeploy([...names, ...all]), { cloud: settings.terraformCloud }),
  );
  return reportMissing(code, named, "Not deployed", async (stack) => deployed.includes(stack));
}

endWith(deploy(process.argv.slice(2)), "npx cdktf deploy --help");
