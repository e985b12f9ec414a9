import { loadDefinitions } from "../../../config/load-definitions";
import { didYouMean } from "../../../config/problems/nearest-name";
import { formatProblem, hasErrors } from "../../../config/problems/problem";
import type { Settings } from "../../../config/settings/settings";
import type { ServerDefinition } from "../../../contract/model";
import { UserError } from "../../../local/errors/user-error";
import { withPrivateFolder } from "../../../local/privacy/private-folder";
import { SHARED_STACK_ID, serverStackId } from "../../../stacks/naming/names";
import { stateFileName } from "../../../stacks/naming/state-places";
import { expectApproval } from "../../stacks/approval";
import { knownStacks } from "../../stacks/known-stacks";
import type { StackOptions } from "../../stacks/options";
import { expectDestroyable, Removal } from "../../stacks/removal";
import { ALL } from "../../stacks/stack-names";
import { deployedSyncs } from "../aws/access/deployed-syncs";
import type { AwsOptions } from "../aws/access/session";
import { stopRuns } from "../aws/runs/stop-runs";
import { COMMAND } from "../command-line";
import { definitionFile, definitionsFolder } from "../definition-file";
import { environmentName } from "../environment";
import { EXIT } from "../exit-codes";

import { loadSettings } from "../settings";
import { deleteDefinition, isCommitted } from "./delete-definition";
import { type Account, accountOf, factsOf, isGuessed, type Known } from "./facts";
import { resourcesIn } from "./local-state";
import { type Place, placesOf } from "./places";
import {
  type DoomedServer,
  isLastPlace,
  mayBeDeployed,
  type RemoveStand,
  removeSteps,
  whatIsDeployed,
  whatStays,
} from "./remove-steps";
import type { Step } from "./step";

export interface RemoveOptions extends AwsOptions {
  /** Name of a server, or its definition's file; nothing for everything in the installation. */
  readonly server: string | undefined;
  readonly keepDefinitions?: boolean | undefined;
  /** Whether the definition is deleted even where it cannot be seen whether another installation has a stack of it. */
  readonly deleteDefinition?: boolean | undefined;
  /** Whether nobody is asked. */
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Whether what was synthesized last is used. */
  readonly skipSynth?: boolean | undefined;
  /** Default: AWS, as the flags say. */
  readonly account?: Account;
  readonly signal: AbortSignal;
  /** Told what is there and what is done, before anything is asked. */
  announce(announcement: Announcement): void;
  /** Asks before a definition is deleted that has no stack. */
  confirm(question: string): Promise<boolean>;
  /** Receives plans and what Terraform says. */
  tell(text: string): void;
}

export interface Announcement {
  /** What is known of each server, in each installation. */
  readonly deployed: readonly string[];
  readonly steps: readonly Step[];
  /** What is left once all is done. */
  readonly stays: readonly string[];
}

export interface Removed extends Announcement {
  /** Whether the stacks are destroyed, or there were none. */
  readonly destroyed: boolean;
  /** Files that were deleted. */
  readonly deleted: readonly string[];
}

/**
 * Destroys a server's stack, or all stacks, and then deletes the definitions.
 * @throws UserError, AwsFailure, StorageFailure, Interrupted; whatever it is, no file of a stack that is left is deleted.
 */
export async function remove(options: RemoveOptions): Promise<Removed> {
  const settings = await loadSettings();
  const { profile } = options;
  const account = options.account ?? (await accountOf(options, settings));
  const stand = await standOf(options, settings, account);
  const steps = removeSteps(stand);
  const announcement = { deployed: whatIsDeployed(stand), steps, stays: whatStays(stand, new Date()) };
  options.announce(announcement);
  const result = { ...announcement, destroyed: false, deleted: [] };
  if (options.dryRun) {
    return result;
  }
  if (stand.everything) {
    expectDestroyable([ALL], settings);
  }
  expectStates(stand);
  const names = stand.everything ? [ALL] : stand.servers.filter(mayBeDeployed).map(({ name }) => serverStackId(name));
  const doomed = stand.servers.filter((server) => !stand.keepDefinitions && isLastPlace(server, stand));
  const guessed = stand.isNowhereElse ? [] : doomed.filter(({ here }) => isGuessed(here)).map(({ name }) => name);
  if (options.yes && guessed.length > 0) {
    throw new UserError(
      `Nothing tells whether ${guessed.join(", ")} is deployed: its state is not on this machine, and AWS does not tell. ` +
        "Nothing was destroyed or deleted",
      {
        next: "the same command with AWS credentials, or with --delete-definition where it is certain that it has no stack",
      },
    );
  }
  if (names.length > 0) {
    if (profile !== undefined) {
      process.env.AWS_PROFILE = profile; // Terraform's.
    }
    if (!(await destroy(names, { options, settings, account, stand }))) {
      return result;
    }
  } else if (doomed.length > 0 && !options.yes && !(await options.confirm(`Delete ${doomed[0]?.file}?`))) {
    return { ...result, destroyed: true };
  }
  for (const { file } of doomed) {
    await deleteDefinition(file);
  }
  return { ...result, destroyed: true, deleted: doomed.map(({ file }) => file) };
}

/** @throws UserError where AWS has a server of which Terraform would find nothing here: it would be left, without its definition. */
function expectStates({ servers }: RemoveStand): void {
  const lost = servers.filter(({ here }) => here.isOutOfReach === true).map(({ name }) => name);
  if (lost.length > 0) {
    throw new UserError(
      `${lost.join(", ")} is deployed, and its state is not on this machine: Terraform would destroy nothing. Nothing was changed`,
      {
        next: "the same command where the stack was deployed, or with its terraform.*.tfstate in the project's folder",
      },
    );
  }
}

interface Destruction {
  readonly options: RemoveOptions;
  readonly settings: Settings;
  readonly account: Account;
  readonly stand: RemoveStand;
}

/** @returns whether all of it is gone. */
async function destroy(names: readonly string[], { options, settings, account, stand }: Destruction): Promise<boolean> {
  const { yes = false, skipSynth = false, signal, tell } = options;
  const stackOptions: StackOptions = {
    names,
    skipSynth,
    terraform: [],
    parallelism: 4,
    autoApprove: yes,
    restoreSecrets: false,
    outputsFile: undefined,
    outputsFileIncludeSensitiveOutputs: false,
    json: false,
  };
  expectApproval(stackOptions, "the same command with --yes, when it is certain that this is to go");
  const known = await knownStacks(stackOptions, { stdout: "stderr" });
  if ("code" in known) {
    throw new UserError("The stacks could not be synthesized; nothing was destroyed", { next: `${COMMAND} validate` });
  }
  const approved = async () => {
    for (const { name, here } of stand.servers) {
      if ("session" in account && (here.atWork ?? []).length > 0) {
        await stopRuns({ server: name, session: account.session, approve: async () => true });
      }
    }
  };
  const code = await withPrivateFolder((folder) =>
    new Removal({ options: stackOptions, settings, folder, signal, tell, approved }).run(known),
  );
  return code === EXIT.ok;
}

async function standOf(options: RemoveOptions, settings: Settings, account: Account): Promise<RemoveStand> {
  const { server, keepDefinitions = false, deleteDefinition: isNowhereElse = false } = options;
  const servers: DoomedServer[] = [];
  for (const { definition, file } of await definitionsOf(server, settings, account)) {
    const places = await placesOf(definition);
    // Everything is what this installation has: a server of another one is no part of it.
    if (server !== undefined || places.some(isHere)) {
      servers.push(await doomedServer(definition, file, { account, places }));
    }
  }
  const bucketMayGo = await mayBucketGo(settings);
  return {
    servers,
    everything: server === undefined,
    forceDestroy: settings.forceDestroy,
    keepDefinitions,
    isNowhereElse,
    ...(bucketMayGo === undefined ? {} : { bucketMayGo }),
  };
}

interface DefinedServer {
  readonly definition: ServerDefinition;
  readonly file: string;
}

/** @throws UserError where nothing is defined: what is deployed all the same cannot be synthesized to be destroyed. */
async function definitionsOf(
  server: string | undefined,
  settings: Settings,
  account: Account,
): Promise<readonly DefinedServer[]> {
  const { definitions, files, problems } = await loadDefinitions(definitionsFolder(), settings);
  const all = definitions.map((definition) => ({ definition, file: files.get(definition.name) ?? "" }));
  if (server === undefined) {
    if (hasErrors(problems)) {
      throw new UserError(problems.map(formatProblem).join("\n"), { next: "correct that: no stack is to be left out" });
    }
    return all;
  }
  const named = all.find(({ definition }) => definition.name === server);
  if (named !== undefined) {
    return [named];
  }
  const isFile = /[./\\]/.test(server);
  const file = isFile ? await definitionFile(server) : undefined;
  const found = all.find((one) => one.file === file);
  if (found !== undefined) {
    return [found];
  }
  throw await undefinedServer(server, settings, account, didYouMean(server, [...files.keys()]));
}

/** The trap: whoever deletes a definition first leaves a stack that nobody synthesizes any more. */
async function undefinedServer(
  server: string,
  settings: Settings,
  account: Account,
  nearest: string,
): Promise<UserError> {
  const file = stateFileName(serverStackId(server), settings);
  const isInState = ((await resourcesIn(file)) ?? []).length > 0;
  const isInAws = "session" in account && (await deployedSyncs(account.session, server)).length > 0;
  if (!isInState && !isInAws) {
    return new UserError(`No valid definition in servers/ has the name ${JSON.stringify(server)}${nearest}`, {
      next: `${COMMAND} list`,
    });
  }
  return new UserError(
    `The server ${server} is deployed, and its definition is gone: without it nobody synthesizes the stack that is to be destroyed`,
    {
      next:
        "bring the file back and call the same command: git log --diff-filter=D --name-only -- servers shows the commit that deleted " +
        "it, git checkout COMMIT^ -- FILE brings it back",
    },
  );
}

/** Whether it is the installation that the command works on. */
const isHere = ({ environment }: Place): boolean => environment?.name === environmentName();

async function doomedServer(
  { name }: ServerDefinition,
  file: string,
  { account, places }: { readonly account: Account; readonly places: readonly Place[] },
): Promise<DoomedServer> {
  const known: Known[] = [];
  for (const place of places) {
    known.push({ place, facts: await factsOf(place, name, account) });
  }
  return {
    name,
    file,
    here: known.find(({ place }) => isHere(place))?.facts ?? { isDeployed: false },
    elsewhere: known.filter(({ place }) => !isHere(place)),
    isCommitted: await isCommitted(file),
  };
}

/** Whether Terraform may delete the list-results bucket as it was deployed; undefined where its state lies elsewhere. */
async function mayBucketGo(settings: Settings): Promise<boolean | undefined> {
  if (settings.terraformCloud !== undefined || settings.s3Backend !== undefined) {
    return undefined;
  }
  const resources = (await resourcesIn(stateFileName(SHARED_STACK_ID, settings))) ?? [];
  return resources
    .filter(({ type }) => type === "aws_s3_bucket")
    .every(({ attributes }) => attributes.force_destroy === true);
}
