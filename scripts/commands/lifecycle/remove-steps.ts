import { ALL } from "../../stacks/stack-names";
import { nextCommand } from "../aws/access/next-command";
import { COMMAND } from "../command-line";
import { stackWord } from "../stack-word";
import { type Facts, isGuessed, type Known } from "./facts";
import { commandIn, type Place } from "./places";
import type { Step, StepStatus } from "./step";

/** A server that is to go. */
export interface DoomedServer {
  readonly name: string;
  readonly file: string;
  /** In the installation that the command works on; nothing where the server is not deployed to it. */
  readonly here: Facts;
  /** In the others that the definition is for. */
  readonly elsewhere: readonly Known[];
  /** Whether the file is in Git as it is. */
  readonly isCommitted: boolean;
}

export interface RemoveStand {
  readonly servers: readonly DoomedServer[];
  /** Whether the shared stack goes too. */
  readonly everything: boolean;
  readonly forceDestroy: boolean;
  /** Whether Terraform may delete the list-results bucket as it is deployed; absent where that is not known. */
  readonly bucketMayGo?: boolean;
  readonly keepDefinitions: boolean;
  /** Whether somebody has said that other installations, which cannot be looked into, have no stack of these servers. */
  readonly isNowhereElse: boolean;
}

/** Whether a server's file may be deleted: no other installation has a stack of it, or nobody can see one and somebody has said so. */
export const isLastPlace = (
  { elsewhere }: DoomedServer,
  { isNowhereElse }: Pick<RemoveStand, "isNowhereElse">,
): boolean => elsewhere.every(({ facts }) => isNotDeployed(facts) || (isNowhereElse && facts.isDeployed !== true));

/** Whether that is certain. */
const isNotDeployed = (facts: Facts): boolean => facts.isDeployed === false && !isGuessed(facts);

/** Whether there is, or may be, a stack to destroy. */
export const mayBeDeployed = ({ here }: DoomedServer): boolean => here.isDeployed !== false;

/**
 * The steps of a removal, in their order. The definition is deleted last: without it nobody synthesizes the stack any more, and
 * what is deployed would go on running.
 */
export function removeSteps(stand: RemoveStand): Step[] {
  const { servers, everything, keepDefinitions } = stand;
  const doomed = servers.filter(mayBeDeployed);
  return [
    ...(everything ? [forceStep(stand)] : []),
    ...servers.flatMap(runStep),
    {
      id: "destroy",
      status: doomed.length === 0 && !everything ? "done" : "here",
      what: everything
        ? "Destroy every server's stack, then the shared one. Schedules go first, so that nothing starts any more."
        : "Destroy the stack. Its schedules go first, so that nothing starts any more.",
      commands: [nextCommand(["destroy", ...(everything ? [ALL] : servers.map(({ name }) => stackWord(name)))])],
    },
    ...servers.flatMap((server) => elsewhereSteps(server, stand)),
    ...servers.map((server): Step => {
      const status: StepStatus = keepDefinitions || !isLastPlace(server, stand) ? "later" : "here";
      const loss = server.isCommitted ? "" : " It is not committed as it is: what it says is lost then.";
      return {
        id: "definition",
        status,
        what: `Delete ${server.file}.${status === "here" ? loss : keepDefinitions ? " It is kept (--keep-definitions)." : ""}`,
        commands: [],
      };
    }),
  ];
}

function forceStep({ forceDestroy, bucketMayGo }: RemoveStand): Step {
  const isSet = forceDestroy ? (bucketMayGo === undefined ? "check" : bucketMayGo ? "done" : "blocked") : "blocked";
  return {
    id: "force-destroy",
    status: isSet,
    what: forceDestroy
      ? "Deploy the setting forceDestroy: only then Terraform deletes the list-results bucket with what it holds."
      : "Set forceDestroy to true in cdktf.json and deploy: only then Terraform deletes the list-results bucket with what it holds.",
    commands: [nextCommand(["deploy"])],
  };
}

function runStep({ name, here }: DoomedServer): Step[] {
  const { atWork = [] } = here;
  return atWork.length === 0
    ? []
    : [
        {
          id: "runs",
          status: "here",
          what: `Stop the runs of ${name} that are at work: ${atWork.join(", ")}.`,
          commands: [nextCommand(["stop", name])],
        },
      ];
}

function elsewhereSteps({ name, elsewhere }: DoomedServer, { isNowhereElse }: RemoveStand): Step[] {
  return elsewhere.map(({ place, facts }) => {
    const where = placeText(place);
    return {
      id: "elsewhere",
      status: isNotDeployed(facts) ? "done" : facts.isDeployed !== true && isNowhereElse ? "check" : "blocked",
      what:
        facts.isDeployed !== true && !isNotDeployed(facts)
          ? `Look whether ${name} is deployed ${where}: that cannot be seen from here. Where it is not, --delete-definition says so.`
          : `Remove ${name} ${where}.`,
      commands: [commandIn(place, COMMAND, "remove", name)],
    };
  });
}

const placeText = ({ environment }: Place): string =>
  environment === undefined ? "with cdktf.json alone" : `in the environment ${environment.name}`;

/** What is known of each server, in each installation: a line of text for each. */
export function whatIsDeployed({ servers }: RemoveStand): string[] {
  return servers.flatMap(({ name, here, elsewhere }) => [
    factsText(name, here),
    ...elsewhere.map(({ place, facts }) => factsText(`${name}, ${placeText(place)}`, facts)),
  ]);
}

function factsText(name: string, facts: Facts): string {
  const { source, isDeployed, connector, syncs = [], unknown, isWithoutState } = facts;
  if (source === undefined) {
    return `${name}: ${isDeployed === false ? "not for this installation" : `not known (${unknown ?? "nothing tells it"})`}`;
  }
  if (isWithoutState && source === "state") {
    return `${name}: no state of it on this machine${unknown === undefined ? "" : ` (AWS does not tell: ${unknown})`}`;
  }
  const by =
    source === "AWS"
      ? "as AWS says"
      : `as its state says${unknown === undefined ? "" : ` (AWS does not tell: ${unknown})`}`;
  const what = [...(connector === undefined ? [] : [`connector ${connector}`]), ...syncs.map((sync) => `sync ${sync}`)];
  const deployed = what.length === 0 ? "deployed" : `deployed with ${what.join(", ")}`;
  return `${name}: ${isDeployed ? deployed : "not deployed"}, ${by}`;
}

/** What is left once all is done. @param now counts the recovery window. */
export function whatStays({ servers, everything, forceDestroy }: RemoveStand, now: Date): string[] {
  const names = servers.map(({ name }) => name).join(", ");
  const until = new Date(now.getTime() + RECOVERY_MILLISECONDS).toISOString().slice(0, 10);
  return [
    "the objects in your buckets",
    forceDestroy
      ? "no secret: with forceDestroy they are deleted at once"
      : `${servers.length === 1 ? "the secret" : "the secrets"} of ${names}: Secrets Manager keeps what is deleted today until ${until}, and a deployment until then offers to restore it`,
    ...(everything
      ? ["the KMS key, for 30 days: aws kms cancel-key-deletion brings it back", "the state files or workspaces, empty"]
      : [
          `ledgers and reports of ${names} in the list-results bucket, so that it can come back without copying all again`,
        ]),
  ];
}

/** Of `recovery_window_in_days` in the stacks. */
const RECOVERY_MILLISECONDS = 30 * 24 * 3_600_000;
