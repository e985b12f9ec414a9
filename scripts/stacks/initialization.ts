import { EXIT } from "../commands/exit-codes";
import { type Ended, runTerraform } from "./terraform";

/** Terraform's words where the lock file names another version of the provider than the settings take now. */
const OTHER_VERSION = "init -upgrade";

/** Terraform does not promise that several commands may fill the cache of providers at once. */
let before: Promise<unknown> = Promise.resolve();

/** Installs a stack's provider and finds its state, one stack after the other. */
export function initialize(folder: string): Promise<Ended> {
  const ended = before.then(async () => {
    const first = await runTerraform(folder, [...INIT]);
    const isLocked = first.code !== EXIT.ok && first.stderr.includes(OTHER_VERSION);
    return isLocked ? runTerraform(folder, [...INIT, "-upgrade"]) : first;
  });
  before = ended.catch(() => undefined);
  return ended;
}

const INIT = ["init", "-input=false", "-no-color"] as const;
