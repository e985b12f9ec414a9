import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endGroup, startGroup } from "../../bench/servers/process-group";

/** Commands that ask the provider for something. */
const COMMANDS: readonly string[] = ["apply", "destroy", "import", "plan", "show", "validate"];

/** Milliseconds in which a provider has started. */
const PATIENCE = 60_000;

interface Provider {
  /** What `TF_REATTACH_PROVIDERS` says of it. */
  readonly reattach: string;
  close(): Promise<void>;
}

/**
 * A process of the AWS provider for each folder, which the commands there find started: with a process of its own a command
 * spends more than half of its time on the start. In a folder commands must come one after the other.
 */
export class AttachedProviders {
  private readonly providers = new Map<string, Promise<Provider>>();

  /** @param environment of Terraform, which a provider inherits. */
  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  /** @returns variables for a Terraform command; none where it needs no provider, or none is installed. */
  async variables(folder: string, command: string | undefined): Promise<NodeJS.ProcessEnv> {
    const program = COMMANDS.includes(command ?? "") ? installed(folder) : undefined;
    if (program === undefined) {
      return {};
    }
    const provider = this.providers.get(folder) ?? startProvider(program, folder, this.environment);
    this.providers.set(folder, provider);
    return { TF_REATTACH_PROVIDERS: (await provider).reattach };
  }

  async close(): Promise<void> {
    for (const provider of this.providers.values()) {
      await provider.then(
        ({ close }) => close(),
        () => undefined, // The command that wanted it has failed.
      );
    }
  }
}

/** Its paths are those of the folder, as with the process that Terraform itself would start. */
async function startProvider(program: string, folder: string, env: NodeJS.ProcessEnv): Promise<Provider> {
  const child = startGroup(program, ["-debug"], { cwd: folder, env, stdio: ["ignore", "pipe", "ignore"] });
  const close = () => endGroup(child);
  let printed = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    printed += text;
  });
  const ended = once(child, "exit");
  const deadline = Date.now() + PATIENCE;
  while (child.exitCode === null && Date.now() < deadline) {
    const [, reattach] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(printed) ?? [];
    if (reattach !== undefined) {
      return { reattach, close };
    }
    await Promise.race([ended, sleep(20)]);
  }
  await close();
  throw new Error(`${program} does not start: ${printed}`);
}

/** The provider of a stack, where `terraform init` has installed it: `SOURCE/VERSION/PLATFORM/PROGRAM`. */
function installed(folder: string): string | undefined {
  const source = join(folder, ".terraform", "providers", "registry.terraform.io", "hashicorp", "aws");
  if (!existsSync(source)) {
    return undefined;
  }
  const [version = ""] = readdirSync(source);
  const [platform = ""] = readdirSync(join(source, version));
  const program = readdirSync(join(source, version, platform)).find((name) => name.startsWith("terraform-provider-"));
  return join(source, version, platform, program ?? "");
}
