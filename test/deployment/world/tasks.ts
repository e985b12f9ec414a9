import type { RemoteServer } from "../../end-to-end/remote-servers";
import { Transcript } from "../../support/transcript";
import type { Stacks } from "./stacks";

/** Commands of the page for tasks that deploy or remove the server acme-feed, as a server of the tests. */
export interface Task {
  readonly mark: "deploy" | "remove";
  readonly stacks: Stacks;
  /** A copy of the project, whose commands work on these stacks. */
  readonly scripts: string;
  /** The server, its syncs in the place of orders and invoices. */
  readonly server: string;
  readonly syncs: readonly [orders: string, invoices: string];
  readonly remote: RemoteServer;
}

/** @returns for each block, what the page shows and what is printed now. */
export async function replayTask({ mark, stacks, scripts, server, syncs, remote }: Task) {
  const tasks = new Transcript({
    page: "docs/tasks.md",
    mark,
    standIns: [
      // What is worked on was synthesized by the test.
      [" --yes", " --yes --skip-synth"],
      ["sftp.acme.example.com", remote.url],
      ["acme-feed", server],
      ...["sync ", "_", "/"].flatMap((before): [string, string][] => [
        [`${before}orders`, `${before}${syncs[0]}`],
        [`${before}invoices`, `${before}${syncs[1]}`],
      ]),
      // Documentation's own addresses, for those of the emulator.
      ["203.0.113.", "127.0.0."],
    ],
    run: (command) => stacks.shell(`cd ${scripts}\n{ ${command}\n} 2>&1`, `server-${server}`),
  });
  const replayed = [];
  for (const fence of tasks.blocks) {
    replayed.push(await tasks.replay(fence));
  }
  return replayed;
}
