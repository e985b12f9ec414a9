import { join } from "node:path";
import { alternate, type Median } from "./processes/alternate";
import { copyCheckout, writeDefinitions } from "./processes/checkout-copy";
import { measureProcess } from "./processes/measure-process";

export interface StartUpOptions {
  readonly rounds: number;
  /** Checkouts by the names that their figures get. */
  readonly checkouts: Readonly<Record<string, string>>;
}

export interface StartUp extends Median {
  readonly what: string;
}

/** What people wait for before anything is done; definitions are those that are there before it. */
const CALLS: readonly { readonly what: string; readonly args: readonly string[]; readonly servers: number }[] = [
  { what: "--help", args: ["--help"], servers: 0 },
  { what: "validate, 1 definition", args: ["validate"], servers: 1 },
  { what: "validate, 300 definitions", args: ["validate"], servers: 300 },
  { what: "list, 300 definitions", args: ["list"], servers: 300 },
];

/** The name of what does nothing: Node.js alone. */
export const NODE_ALONE = "node -e 0";

/** Measures calls of the command line in turn with a Node.js that does nothing. The first call, which bundles, is not counted. */
export async function* benchStartUp({ rounds, checkouts }: StartUpOptions): AsyncGenerator<StartUp> {
  const copies = await Promise.all(
    Object.entries(checkouts).map(async ([name, root]) => ({ name, ...(await copyCheckout(root)) })),
  );
  try {
    for (const { what, args, servers } of CALLS) {
      await Promise.all(copies.map(({ folder }) => writeDefinitions(folder, servers)));
      const call = (folder: string) => () =>
        measureProcess({
          command: process.execPath,
          args: [join("scripts", "sftp-sync.mjs"), ...args],
          folder,
        });
      const contenders = copies.map(({ name, folder }) => ({ name, measure: call(folder) }));
      await alternate(contenders, 1);
      const alone = {
        name: NODE_ALONE,
        measure: () => measureProcess({ command: process.execPath, args: ["-e", "0"], folder: __dirname }),
      };
      for (const median of await alternate([...contenders, alone], rounds)) {
        yield { ...median, what };
      }
    }
  } finally {
    await Promise.all(copies.map(({ remove }) => remove()));
  }
}
