import { parseName } from "../../../config/fields/name-field";
import { loadDefinitions } from "../../../config/load-definitions";
import { didYouMean } from "../../../config/problems/nearest-name";
import { valueAt } from "../../../config/problems/path";
import { readYaml } from "../../../config/yaml/yaml-source";
import type { ServerDefinition } from "../../../contract/model";
import { UserError } from "../../../local/errors/user-error";
import type { AwsOptions } from "../aws/access/session";
import { COMMAND } from "../command-line";
import { definitionsFolder } from "../definition-file";
import { changedText } from "../definition-text/change";
import { expectValidChange, replaceFile, textOf } from "../definitions/definition-store";
import { loadSettings } from "../settings";
import { type Account, accountOf, type Facts, factsOf, isGuessed } from "./facts";
import { expectMovable, moveStateFile, resourcesIn } from "./local-state";
import { isGuesswork, type MoveStand, type Moving, moveSteps } from "./move-steps";
import { type Place, placesOf, stateFileOf } from "./places";
import { expectRenamable, fileOfNew, renameDefinition, renamedText } from "./renamed-definition";
import type { Step } from "./step";

export interface MoveOptions extends AwsOptions {
  /** The server's Name now. */
  readonly from: string;
  readonly to: string;
  /** Whether nobody is asked. */
  readonly yes?: boolean;
  /** Whether somebody has said that the server has no stack where that cannot be seen. */
  readonly notDeployed?: boolean;
  /** Default: AWS, as the flags say. */
  readonly account?: Account;
  /**
   * Asked once, before anything is changed.
   * @returns whether the steps whose status is `here` are to be done.
   */
  approve(steps: readonly Step[]): Promise<boolean>;
}

export interface Moved {
  readonly from: string;
  readonly to: string;
  /** The definition's, as it is now. */
  readonly file: string;
  /** As they were before this call. */
  readonly steps: readonly Step[];
  /** As they are now. */
  readonly left: readonly Step[];
  /** Whether this call has changed something. */
  readonly changed: boolean;
}

/**
 * Does what of a server's renaming can be done on this machine and is due. Called again, it goes on where it was.
 * @throws UserError where the server cannot have the name. @throws StorageFailure, Interrupted
 */
export async function moveServer(options: MoveOptions): Promise<Moved> {
  const { from } = options;
  const to = newName(options.to, from);
  const account = options.account ?? (await accountOf(options, await loadSettings()));
  const known = { from, to, account, notDeployed: options.notDeployed ?? false };
  const found = await standOf(known);
  const steps = moveSteps(found.stand);
  const isDue = (id: string) => steps.some((step) => step.id === id && step.status === "here");
  if (options.yes && isGuesswork(found.stand)) {
    throw new UserError(
      `Nothing tells whether ${from} is deployed: its state is not on this machine, and AWS does not tell. Nothing was changed`,
      {
        next: "the same command with AWS credentials, or where its state is, or with --not-deployed where it is certain that it has no stack",
      },
    );
  }
  const isApproved = steps.some(({ status }) => status === "here") && (await options.approve(steps));
  if (!isApproved) {
    return { from, to, file: found.stand.file, steps, left: steps, changed: false };
  }
  if (isDue("pause")) {
    await switchOff(found.stand.file);
  } else {
    await rename(found);
  }
  if (found.stand.moving.length === 0) {
    // Without FormerName the definition does not tell any more which name it had.
    const left = steps.map((step) => ({ ...step, status: "done" as const }));
    return { from, to, file: found.stand.renamedFile, steps, left, changed: true };
  }
  const { stand } = await standOf(known);
  return { from, to, file: stand.file, steps, left: moveSteps(stand), changed: true };
}

function newName(text: string, from: string): string {
  const { value, findings } = parseName(text);
  if (value === undefined) {
    throw new UserError(
      `The new name ${findings.map(({ message, allowed }) => `${message} (allowed: ${allowed})`).join("; ")}`,
    );
  }
  if (value === from) {
    throw new UserError(`The server has the name ${from} already`, { next: "give another name" });
  }
  return value;
}

interface Found {
  readonly stand: MoveStand;
  readonly places: readonly Place[];
}

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly account: Account;
  readonly notDeployed: boolean;
}

async function standOf({ from, to, account, notDeployed }: Asked): Promise<Found> {
  const { definition, file } = await definitionOf(from, to);
  const isRenamed = definition.name === to;
  const renamedFile = fileOfNew(file, from, to);
  const places = await placesOf(definition);
  const all: Moving[] = [];
  for (const place of places) {
    const state = stateFileOf(place, from);
    const former = await factsOf(place, from, account);
    await expectState(former, { place, from, to });
    all.push({
      place,
      former,
      renamed: await factsOf(place, to, account),
      ...(state === undefined ? {} : { hasFormerState: ((await resourcesIn(state)) ?? []).length > 0 }),
    });
  }
  const stand = {
    from,
    to,
    file,
    renamedFile,
    isRenamed,
    fires: definition.syncs.some(({ enabled, schedule }) => enabled && schedule.kind !== "on-demand"),
    isOff: valueAt(readYaml(await textOf(file)).data, ["Enabled"]) === false,
    moving: all.filter(({ former, renamed }) => former.isDeployed !== false || renamed.isDeployed !== false),
    guessed: notDeployed ? [] : all.filter(({ former, renamed }) => isGuessed(former) && renamed.isDeployed === false),
  };
  return { stand, places };
}

/** @throws UserError where AWS has a server of which no state is here: a deployment would make a second connector, beside the first. */
async function expectState(
  { isOutOfReach }: Facts,
  { place, from, to }: { readonly place: Place; readonly from: string; readonly to: string },
): Promise<void> {
  const state = stateFileOf(place, to);
  if (isOutOfReach !== true || (state !== undefined && ((await resourcesIn(state)) ?? []).length > 0)) {
    return;
  }
  throw new UserError(`${from} is deployed, and its state is not on this machine. Nothing was changed`, {
    next: `the same command where the stack was deployed, or with ${stateFileOf(place, from)} in the project's folder`,
  });
}

/** By its old name or, where an earlier call has come that far, by its new one. */
async function definitionOf(
  from: string,
  to: string,
): Promise<{ readonly definition: ServerDefinition; readonly file: string }> {
  const { definitions, files } = await loadDefinitions(definitionsFolder(), await loadSettings());
  const [old, renamed] = [from, to].map((name) => definitions.find((definition) => definition.name === name));
  if (old !== undefined && renamed !== undefined) {
    throw new UserError(`There is a server ${to} already: ${files.get(to)}`, { next: "choose another name" });
  }
  if (old?.formerName !== undefined) {
    throw new UserError(`${from} still has FormerName: ${old.formerName}; a second renaming would lose what it knows`, {
      next: `once a run of every sync has succeeded: ${COMMAND} edit ${from} --unset FormerName, and deploy`,
    });
  }
  const definition = old ?? (renamed?.formerName === from ? renamed : undefined);
  const file = definition === undefined ? undefined : files.get(definition.name);
  if (definition === undefined || file === undefined) {
    const names = [...files.keys()];
    throw new UserError(
      `No valid definition in servers/ has the name ${JSON.stringify(from)}${didYouMean(from, names)} (there are: ${names.join(", ") || "none"})`,
      { next: `${COMMAND} validate` },
    );
  }
  return { definition, file };
}

async function switchOff(file: string): Promise<void> {
  const before = await textOf(file);
  const text = changedText(file, before, [{ kind: "set", path: ["Enabled"], value: false }]);
  await expectValidChange(file, text, `${COMMAND} validate`);
  await replaceFile(file, before, text);
}

/** Looks whether everything can be renamed before anything is. */
async function rename({ stand, places }: Found): Promise<void> {
  const { from, to, file, renamedFile, isRenamed, moving } = stand;
  const states = moving.flatMap(({ place, hasFormerState }) => {
    const [former, renamed] = [stateFileOf(place, from), stateFileOf(place, to)];
    return hasFormerState === true && former !== undefined && renamed !== undefined ? [{ former, renamed }] : [];
  });
  for (const { former, renamed } of states) {
    await expectMovable(former, renamed);
  }
  if (!isRenamed || file !== renamedFile) {
    const text = isRenamed ? await textOf(file) : await renamedText({ file, from, to, hasLedgers: moving.length > 0 });
    await expectRenamable(file, to, text, places);
    await renameDefinition(file, renamedFile, text);
  }
  for (const { former, renamed } of states) {
    await moveStateFile(former, renamed);
  }
}
