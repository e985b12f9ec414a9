import { serverStackId } from "../../../stacks/naming/names";
import { stateKey } from "../../../stacks/naming/state-places";
import { nextCommand } from "../aws/access/next-command";
import { COMMAND, shellWords } from "../command-line";
import { stackWord } from "../stack-word";
import type { Facts } from "./facts";
import { commandIn, type Place, stateFileOf } from "./places";
import type { Step, StepStatus } from "./step";

/** One installation, under both names. */
export interface Moving {
  readonly place: Place;
  readonly former: Facts;
  readonly renamed: Facts;
  /** Whether the file with its state still has the former name; undefined where it lies elsewhere. */
  readonly hasFormerState?: boolean;
}

export interface MoveStand {
  readonly from: string;
  readonly to: string;
  /** The definition's, as it is now. */
  readonly file: string;
  /** As it is to be. */
  readonly renamedFile: string;
  /** Whether the definition has the new name already. */
  readonly isRenamed: boolean;
  /** Whether a schedule of the definition fires. */
  readonly fires: boolean;
  /** Whether the definition says Enabled: false. */
  readonly isOff: boolean;
  /** Those in which the server is deployed, or may be. */
  readonly moving: readonly Moving[];
  /** Those of which nothing tells whether it is deployed, unless somebody has said that it is not. */
  readonly guessed: readonly Moving[];
}

/** Whether the definition would get its name without a FormerName, on a guess alone. */
export const isGuesswork = ({ isRenamed, moving, guessed }: MoveStand): boolean =>
  !isRenamed && moving.length === 0 && guessed.length > 0;

/**
 * The steps of a server's renaming, in their order. Only the definition's file and local states are changed here. A server whose
 * schedules fire is switched off first: a run that is cut off would leave files that nobody has recorded.
 */
export function moveSteps(stand: MoveStand): Step[] {
  const { from, to, file, renamedFile, isRenamed, fires, moving } = stand;
  const again = nextCommand(["move", from, to]);
  const isPaused = isRenamed || !fires;
  const ofStacks = moving.length === 0 ? [] : [...pauseSteps(stand, isPaused), ...idleSteps(stand, isPaused)];
  const before = [...lookSteps(stand), ...ofStacks];
  const isFree = before.every(({ status }) => status === "done" || status === "check");
  const here: StepStatus = isFree ? "here" : "later";
  const isInPlace = file === renamedFile;
  return [
    ...before,
    {
      id: "definition",
      status: isRenamed && isInPlace ? "done" : here,
      what: isInPlace
        ? `Write Name: ${to}${formerName(stand)} to ${file}.`
        : `Rename ${file} to ${renamedFile}, with Name: ${to}${formerName(stand)}.`,
      commands: here === "later" ? [again] : [],
    },
    ...moving.map((one) => stateStep(stand, one, here)),
    ...moving.flatMap((one) => afterSteps(stand, one)),
    ...(moving.length === 0 ? [] : lastSteps(stand)),
  ];
}

const formerName = ({ from, moving }: MoveStand): string => (moving.length === 0 ? "" : ` and FormerName: ${from}`);

function lookSteps({ from, to, guessed }: MoveStand): Step[] {
  return guessed.map(({ place, former: { unknown } }) => ({
    id: "look",
    status: "check",
    what:
      `${from} is not deployed${inEnvironment(place)}. That cannot be seen from here: its state is not on this machine, and AWS does ` +
      `not tell (${unknown}). Where it is deployed, its state has to get the new name too: by the same command where that state is.`,
    commands: [commandIn(place, COMMAND, "move", from, to)],
  }));
}

function pauseSteps({ from, file, isRenamed, fires, isOff, moving }: MoveStand, isPaused: boolean): Step[] {
  if (!fires && !isOff) {
    return [];
  }
  return [
    {
      id: "pause",
      status: isPaused ? "done" : "here",
      what: `Switch the schedules off: Enabled: false in ${file}.`,
      commands: [],
    },
    ...moving.map(
      ({ place, former }): Step => ({
        id: "deploy-paused",
        status: isRenamed ? "done" : isPaused ? seen(former.firing) : "later",
        what: `Deploy that${inEnvironment(place)}.`,
        commands: [commandIn(place, COMMAND, "deploy", stackWord(from))],
      }),
    ),
  ];
}

function idleSteps({ from, isRenamed, moving }: MoveStand, isPaused: boolean): Step[] {
  return moving.map(({ place, former: { atWork } }) => ({
    id: "idle",
    status: isRenamed ? "done" : isPaused ? seen(atWork) : "later",
    what:
      atWork === undefined || atWork.length === 0
        ? `No run is at work${inEnvironment(place)}.`
        : `Wait until no run is at work any more${inEnvironment(place)}, or stop it: ${atWork.join(", ")}.`,
    commands: [commandIn(place, COMMAND, "stop", from)],
  }));
}

/** @param hindrances what stands in the way; undefined where that cannot be seen. */
function seen(hindrances: readonly string[] | undefined): StepStatus {
  return hindrances === undefined ? "check" : hindrances.length === 0 ? "done" : "blocked";
}

function stateStep({ from, to, isRenamed }: MoveStand, moving: Moving, here: StepStatus): Step {
  const { place, renamed, hasFormerState } = moving;
  const { terraformCloud: cloud, s3Backend: bucket } = place.settings;
  const [former, next] = [serverStackId(from), serverStackId(to)];
  const isMoved = hasFormerState === undefined ? isRenamed && isDeployed(renamed) : isRenamed && !hasFormerState;
  const status = isMoved ? "done" : hasFormerState === undefined ? "later" : here;
  const why = "the connector stays, with its addresses";
  if (cloud !== undefined) {
    const { hostname = "app.terraform.io", organization, workspacePrefix } = cloud;
    return {
      id: "state",
      status,
      what:
        `Give the workspace ${workspacePrefix}${former} the name ${workspacePrefix}${next}, in its general settings, and deploy nothing ` +
        `meanwhile: so ${why}. https://${hostname}/app/${organization}/workspaces/${workspacePrefix}${former}/settings/general`,
      commands: [],
    };
  }
  if (bucket !== undefined) {
    const uri = (stack: string) => `s3://${bucket.bucket}/${stateKey(stack, bucket.keyPrefix, place.settings)}`;
    const region = bucket.region ?? place.settings.region;
    return {
      id: "state",
      status,
      what: `Give the state its new name, and deploy nothing meanwhile: so ${why}.`,
      commands: [`aws s3 mv ${shellWords([uri(former), uri(next), "--region", region])}`],
    };
  }
  return {
    id: "state",
    status,
    what: `Rename the state ${stateFileOf(place, from)} to ${stateFileOf(place, to)}: so ${why}.`,
    commands: [],
  };
}

/** In a stack that has the new name, the parameters have it too. */
const isDeployed = ({ syncs = [] }: Facts): boolean => syncs.length > 0;

function afterSteps({ to }: MoveStand, { place, renamed }: Moving): Step[] {
  const where = inEnvironment(place);
  const hasCredentials = renamed.credentials === "present";
  return [
    {
      id: "deploy",
      status: isDeployed(renamed) ? "done" : "later",
      what:
        `Deploy ${to}${where}. Terraform replaces what is named after the server, and keeps the connector. ` +
        (place.settings.forceDestroy
          ? "The old secret is deleted at once (forceDestroy)."
          : "The old secret is kept for 30 days."),
      commands: [commandIn(place, COMMAND, "deploy", stackWord(to))],
    },
    {
      id: "credentials",
      status: hasCredentials ? "done" : "later",
      what: `Put the credentials into the new secret${where}: Terraform does not know them.`,
      commands: [commandIn(place, COMMAND, "credentials", to)],
    },
    {
      id: "test",
      status: "later",
      what: `Have the connector log in${where}.`,
      commands: [commandIn(place, COMMAND, "test", to)],
    },
  ];
}

function lastSteps({ to, fires, isOff, isRenamed, moving }: MoveStand): Step[] {
  const deploy = moving.map(({ place }) => commandIn(place, COMMAND, "deploy", stackWord(to)));
  const enable: Step = {
    id: "enable",
    status: "later",
    what: "Switch the schedules on again.",
    commands: [`${COMMAND} ${shellWords(["edit", to, "--unset", "Enabled", "--yes"])}`, ...deploy],
  };
  return [
    ...(isOff || (fires && !isRenamed) ? [enable] : []),
    {
      id: "forget",
      status: "later",
      what: "Once a run of every sync has succeeded, FormerName may go.",
      commands: [`${COMMAND} ${shellWords(["edit", to, "--unset", "FormerName", "--yes"])}`, ...deploy],
    },
  ];
}

const inEnvironment = ({ environment }: Place): string =>
  environment === undefined ? "" : ` in the environment ${environment.name}`;
