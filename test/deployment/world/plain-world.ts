import { join } from "node:path";
import { Opened } from "../../../local/runner/opened";
import { EMBEDDED, MOST_FOREIGN, type RemoteServer } from "../../end-to-end/remote-servers";
import { tempFolder } from "../../support/temp-folder";
import { type Definition, definitionOf, syncOf } from "./definitions";
import type { Documented } from "./documented";
import { type EmulatedAccount, startEmulatedAccount } from "./emulated-account";
import { Inbox } from "./inbox";
import { createTargetBucket } from "./objects";
import { readServerOutputs, readSharedOutputs, type ServerOutputs, type SharedOutputs } from "./outputs";
import { Project } from "./project";
import { Runs } from "./runs";
import { scriptsFor } from "./scripts";
import type { Stacks } from "./stacks";
import { replayTask, type Task } from "./tasks";

export const STACKS = ["shared", "server-partner-a", "server-partner-b"] as const;

/** Two remote servers, and an account to which plain Terraform has deployed the shared stack and one for each of them. */
export interface PlainWorld {
  /** Everything that is written here, but for the remote servers' own files. */
  readonly folder: string;
  readonly account: EmulatedAccount;
  readonly project: Project;
  /** The project's, as they are deployed. */
  readonly stacks: Stacks;
  /** OpenSSH's sshd with a private key, where it can be had. */
  readonly remoteA: RemoteServer;
  /** In this process, with a password. */
  readonly remoteB: RemoteServer;
  /** As they were deployed first. */
  readonly partnerA: Definition;
  readonly partnerB: Definition;
  readonly runs: Runs;
  /** Of the stacks as they were deployed first. */
  readonly outputs: {
    readonly shared: SharedOutputs;
    readonly partnerA: ServerOutputs;
    readonly partnerB: ServerOutputs;
  };
  /** Subscribed to the notifications. */
  readonly inbox: Inbox;
  /** A copy of this project, whose commands work on {@link stacks}. */
  readonly scripts: string;
  /** What the page for tasks says that a deployment prints, and what that of partner-b has printed. */
  readonly deployed: Awaited<ReturnType<typeof replayTask>>;
  close(): Promise<void>;
}

/** @param signal ends commands that are under way. */
export async function startPlainWorld(signal: AbortSignal, documented: Documented): Promise<PlainWorld> {
  const opened = new Opened();
  return opened.orClose(async () => {
    const folder = tempFolder();
    const account = opened.add(await startEmulatedAccount(join(folder, "account")));
    await createTargetBucket(account.operator);
    const remoteA = opened.add(await MOST_FOREIGN.start());
    const remoteB = opened.add(await EMBEDDED.start());
    const partnerA = {
      ...definitionOf("partner-a", remoteA, [
        syncOf("partner-a", remoteA, "orders"),
        syncOf("partner-a", remoteA, "prices", { Schedule: "on-demand" }),
      ]),
      MaxConcurrentConnections: 3,
    };
    const partnerB = definitionOf("partner-b", remoteB, [
      syncOf("partner-b", remoteB, "reports", { Schedule: "rate(15 minutes)" }),
      syncOf("partner-b", remoteB, "nowhere"),
    ]);
    const project = opened.add(new Project({ folder: join(folder, "project"), account, signal }));
    const { stacks } = project;
    await project.synth([partnerA, partnerB]);
    const scripts = scriptsFor(project, "cdktf.out", {});
    const syncs = ["reports", "nowhere"] as const;
    const task = { mark: "deploy", stacks, scripts, server: "partner-b", syncs, remote: remoteB } as const;
    const deployed = await deploy(task, documented);
    const outputs = {
      shared: await readSharedOutputs(stacks),
      partnerA: await readServerOutputs(stacks, "server-partner-a"),
      partnerB: await readServerOutputs(stacks, "server-partner-b"),
    };
    const inbox = await Inbox.subscribe(account.operator, outputs.shared.topic_arn);
    const runs = new Runs(account.operator, outputs.shared.list_results_bucket_name);
    const close = () => opened.close();
    const parts = { folder, account, project, stacks, scripts, remoteA, remoteB, partnerA, partnerB };
    return { ...parts, deployed, runs, outputs, inbox, close };
  });
}

/**
 * Deploys everything, as documented: one server with plain Terraform, the other by this project's command. The provider spends most
 * of the time in waits of its own: what can be side by side is.
 * @returns what the command has printed.
 */
async function deploy(task: Task, documented: Documented) {
  const { stacks } = task;
  const commands = documented.take("docs/terraform-cloud.md", "terraform init &&");
  const [shared = "", partnerA = ""] = commands.split("\n");
  await stacks.shell(shared);
  const [deployed] = await Promise.all([replayTask(task), stacks.shell(`cd cdktf.out/stacks/shared\n${partnerA}`)]);
  return deployed;
}
