import { Command, InvalidArgumentError, Option, type ParseOptionsResult } from "commander";
import { UserError } from "../../local/errors/user-error";
import { COMMAND } from "../commands/command-line";
import type { StackOptions } from "../stacks/options";
import { splitArguments } from "../stacks/terraform-options";
import { type CommandProps, described } from "./add-command";

/** What a command for stacks may be told besides their names. */
export interface StackFlags {
  readonly skipSynth?: boolean;
  /** Absent where nothing is planned. */
  readonly parallelism?: number;
  readonly autoApprove?: boolean;
  readonly restoreSecrets?: boolean;
  readonly outputsFile?: string;
  readonly outputsFileIncludeSensitiveOutputs?: boolean;
  readonly json?: boolean;
  readonly var?: readonly string[];
  readonly varFile?: readonly string[];
  readonly terraformParallelism?: number;
  readonly refreshOnly?: boolean;
  /** Further options of `terraform plan`, as Terraform has them. */
  readonly terraform?: readonly string[];
}

export interface StackCommandProps extends Omit<CommandProps, "group"> {
  /** What it means that no stack is named. Default: all of them. */
  readonly none?: string;
  /** Exit code for the user's mistakes, where it is not the usual one. */
  readonly usageExitCode?: number;
}

/**
 * Each plan with local state has a process of the AWS provider, which takes several hundred megabytes: more at a time than
 * this are slower on most machines.
 */
const PARALLELISM = 4;

/** As the cdktf command has it: no limit; of Terraform's own, its default. */
const ALL_AT_ONCE = Number.MAX_SAFE_INTEGER;

/** Options of the cdktf command that change nothing here: no lock file is made for other platforms, and none is missed. */
const WITHOUT_EFFECT: readonly string[] = ["--ignore-missing-stack-dependencies", "--skip-provider-lock", "--no-color"];

/** Options of the cdktf command that these commands do not have. */
const OF_CDKTF =
  /^(-a|--app|-o|--output|--migrate-state|--log-level|--log-file-directory|--disable-plugin-cache-env)(=.*)?$/;

/** How options of Terraform, which have one dash, pass the parser. */
const TERRAFORM = "--terraform";

/** A command that works on stacks. It also takes options as the cdktf command writes them and, where it plans, those of Terraform. */
export class StackCommand extends Command {
  usageExitCode: number | undefined;

  /** For a command that plans. */
  plans(): this {
    this.option("--skip-synth", "use what was synthesized last")
      .option("--parallelism <n>", "plan and apply so many stacks at a time, -1: all", atATime, PARALLELISM)
      .option(
        "--terraform-parallelism <n>",
        "-parallelism of terraform plan and apply: so many resources at a time",
        atATime,
      )
      .option("--var <name=value>", "-var of terraform plan, also several times", collected)
      .option("--var-file <file>", "-var-file of terraform plan, also several times", collected)
      .addOption(new Option(`${TERRAFORM} <option>`).argParser(collected).hideHelp())
      .addHelpText(
        "after",
        "\nOther options of terraform plan may follow, with one dash: -target=ADDRESS, -lock=false",
      );
    for (const option of WITHOUT_EFFECT) {
      this.addOption(new Option(option).hideHelp());
    }
    return this;
  }

  /** For a command that applies what it has planned. */
  applies(): this {
    return this.option("--yes, --auto-approve", "apply the plans without asking: for CI, once they were reviewed");
  }

  /** @param load the work, which takes long to load. It returns the exit code. */
  does(load: () => Promise<(options: StackOptions) => Promise<number>>): this {
    return this.action(async (stacks: string[], flags: StackFlags) => {
      const work = await load();
      const { namedStacks } = await import("../stacks/named-stacks.js");
      process.exitCode = await work(stackOptions(await namedStacks(stacks), flags));
    });
  }

  override parseOptions(args: string[]): ParseOptionsResult {
    const foreign = args.find((arg) => OF_CDKTF.test(arg));
    if (foreign !== undefined) {
      const name = this.name();
      throw new UserError(`${foreign} is an option of the cdktf command, which ${COMMAND} ${name} does not call`, {
        next: `npx cdktf ${name === "drift" ? "diff" : name} --help, or ${COMMAND} ${name} --help`,
      });
    }
    const { terraform, own } = splitArguments(args);
    const isPlanned = this.options.some(({ long }) => long === TERRAFORM);
    return super.parseOptions([
      ...terraform.map((option) => (isPlanned ? `${TERRAFORM}=${option}` : option)),
      ...own.flatMap((arg) => this.spelled(arg)),
    ]);
  }

  /** The cdktf command also takes names of options as `--autoApprove`, and values of switches. */
  private spelled(arg: string): string[] {
    const [, name = "", value] = /^--([a-zA-Z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const long = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const option = this.options.find((known) => known.long === long);
    if (option === undefined) {
      return [arg];
    }
    if (option.required) {
      return [value === undefined ? long : `${long}=${value}`];
    }
    return value === undefined || value === "true" ? [long] : value === "false" ? [] : [arg];
  }
}

/** Adds a command whose arguments are stacks. */
export function addStackCommand(
  program: Command,
  name: string,
  { none = "none for all", usageExitCode, ...props }: StackCommandProps,
): StackCommand {
  const command = new StackCommand(name).copyInheritedSettings(program);
  command.usageExitCode = usageExitCode;
  program.addCommand(command);
  return described(command, { ...props, group: "deploying" })
    .showHelpAfterError(`Next: ${COMMAND} ${name} --help. Options of Terraform have one dash, as in -lock=false.`)
    .argument("[stacks...]", `servers by name or file, shared, or patterns such as 'partner-*'; ${none}`);
}

/** What was given, for the work. */
export function stackOptions(names: readonly string[], flags: StackFlags): StackOptions {
  const { skipSynth = false, parallelism = PARALLELISM, autoApprove = false } = flags;
  const { outputsFile, outputsFileIncludeSensitiveOutputs = false, restoreSecrets = false, json = false } = flags;
  return {
    names,
    terraform: terraformOptions(flags),
    ...{ skipSynth, parallelism, autoApprove, restoreSecrets, outputsFile, outputsFileIncludeSensitiveOutputs, json },
  };
}

function terraformOptions(flags: StackFlags): string[] {
  const { var: variables = [], varFile: files = [], terraformParallelism, refreshOnly = false, terraform = [] } = flags;
  return [
    ...variables.map((variable) => `-var=${variable}`),
    ...files.map((file) => `-var-file=${file}`),
    ...(terraformParallelism === undefined || terraformParallelism === ALL_AT_ONCE
      ? []
      : [`-parallelism=${terraformParallelism}`]),
    ...(refreshOnly ? ["-refresh-only"] : []),
    ...terraform,
  ];
}

const collected = (value: string, before: readonly string[] = []): string[] => [...before, value];

function atATime(text: string): number {
  const value = Number(text);
  if (!/^(-1|[1-9]\d*)$/.test(text)) {
    throw new InvalidArgumentError("Allowed: a whole number from 1 on, or -1 for all.");
  }
  return value === -1 ? ALL_AT_ONCE : value;
}
