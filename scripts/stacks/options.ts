import { Command, InvalidArgumentError, Option } from "commander";
import { UserError } from "../../local/errors/user-error";
import { ENVIRONMENT_OPTION, useEnvironment } from "../commands/environment";
import { splitArguments } from "./terraform-options";

/** What the commands for stacks may be told. */
export interface StackOptions {
  /** Names of stacks, or patterns for them; none for all stacks. */
  readonly names: readonly string[];
  /** Options of `terraform plan`; some of them count for `terraform apply` as well. */
  readonly terraform: readonly string[];
  /** Whether what was synthesized last is used. */
  readonly skipSynth: boolean;
  /** How many stacks are planned or applied at a time. */
  readonly parallelism: number;
  /** Whether plans are applied without anybody's approval. */
  readonly autoApprove: boolean;
  /** Whether secrets that have the names of those to create are restored and taken over, without a question. */
  readonly restoreSecrets: boolean;
  /** Receives the outputs of the stacks, as JSON. */
  readonly outputsFile: string | undefined;
  readonly outputsFileIncludeSensitiveOutputs: boolean;
  /** Whether JSON is printed. */
  readonly json: boolean;
}

interface Flags {
  readonly env?: string;
  readonly skipSynth?: boolean;
  readonly parallelism: number;
  readonly autoApprove?: boolean;
  readonly restoreSecrets?: boolean;
  readonly outputsFile?: string;
  readonly outputsFileIncludeSensitiveOutputs?: boolean;
  readonly json?: boolean;
  readonly var?: readonly string[];
  readonly varFile?: readonly string[];
  readonly terraformParallelism?: number;
  readonly refreshOnly?: boolean;
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

/** The options of a command, and what it says of itself. */
export class StackCommand {
  private readonly command: Command;

  /** @param name as after `npm run`. */
  constructor(
    private readonly name: string,
    description: string,
    { examples, none = "none for all" }: { readonly examples: readonly string[]; readonly none?: string },
  ) {
    this.command = new Command(`npm run ${name} --`)
      .description(description)
      .argument("[stacks...]", `names of stacks, or patterns such as 'server-*'; ${none}`)
      .showHelpAfterError(`Next: npm run ${name} -- --help. Options of Terraform have one dash, as in -lock=false.`)
      .option(...ENVIRONMENT_OPTION)
      .helpOption("-h, --help", "print this")
      .addHelpText("after", `\nExamples:\n${examples.map((example) => `  ${example}`).join("\n")}`)
      .exitOverride();
  }

  /** For a command that plans. */
  plans(): this {
    this.command
      .option("--skip-synth", "use what was synthesized last")
      .option("--parallelism <n>", "plan and apply so many stacks at a time, -1: all", atATime, PARALLELISM)
      .option(
        "--terraform-parallelism <n>",
        "-parallelism of terraform plan and apply: so many resources at a time",
        atATime,
      )
      .option("--var <name=value>", "-var of terraform plan, also several times", collected, [])
      .option("--var-file <file>", "-var-file of terraform plan, also several times", collected, [])
      .addHelpText(
        "after",
        "\nOther options of terraform plan may follow, with one dash: -target=ADDRESS, -lock=false",
      );
    for (const option of WITHOUT_EFFECT) {
      this.command.addOption(new Option(option).hideHelp());
    }
    return this;
  }

  /** For a command that applies what it has planned. */
  applies(): this {
    this.command.option("--auto-approve", "apply the plans without asking: for CI, once they were reviewed");
    return this;
  }

  deploys(): this {
    this.command
      .option(
        "--restore-secrets",
        "restore this installation's deleted secrets of servers to create, and take them over",
      )
      .option("--refresh-only", "bring the state up to what is there, and change nothing else")
      .option("--outputs-file <file>", "write the stacks' outputs there, as JSON")
      .option("--outputs-file-include-sensitive-outputs", "sensitive ones too");
    return this;
  }

  printsJson(): this {
    this.command.option("--json", "print one JSON document");
    return this;
  }

  /** @throws CommanderError once it has printed the help, or what is wrong. @throws UserError for options of others. */
  read(args: readonly string[]): StackOptions {
    const foreign = args.find((arg) => OF_CDKTF.test(arg));
    if (foreign !== undefined) {
      throw new UserError(`${foreign} is an option of the cdktf command, which npm run ${this.name} does not call`, {
        next: `npx cdktf ${this.name === "drift" ? "diff" : this.name} --help, or npm run ${this.name} -- --help`,
      });
    }
    const { terraform, own } = splitArguments(args);
    this.command.parse(
      own.flatMap((arg) => this.spelled(arg)),
      { from: "user" },
    );
    const flags = this.command.opts<Flags>();
    useEnvironment(flags.env);
    const { skipSynth = false, parallelism, autoApprove = false, restoreSecrets = false, json = false } = flags;
    return {
      names: this.command.args,
      terraform: [...ofTerraform(flags), ...terraform],
      skipSynth,
      parallelism,
      autoApprove,
      restoreSecrets,
      outputsFile: flags.outputsFile,
      outputsFileIncludeSensitiveOutputs: flags.outputsFileIncludeSensitiveOutputs ?? false,
      json,
    };
  }

  /** The cdktf command also takes names of options as `--autoApprove`, and values of switches. */
  private spelled(arg: string): string[] {
    const [, name = "", value] = /^--([a-zA-Z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const long = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const option = this.command.options.find((known) => known.long === long);
    if (option === undefined) {
      return [arg];
    }
    if (option.required) {
      return [value === undefined ? long : `${long}=${value}`];
    }
    return value === undefined || value === "true" ? [long] : value === "false" ? [] : [arg];
  }
}

function ofTerraform(flags: Flags): string[] {
  const { var: variables = [], varFile: files = [], terraformParallelism, refreshOnly = false } = flags;
  return [
    ...variables.map((variable) => `-var=${variable}`),
    ...files.map((file) => `-var-file=${file}`),
    ...(terraformParallelism === undefined || terraformParallelism === ALL_AT_ONCE
      ? []
      : [`-parallelism=${terraformParallelism}`]),
    ...(refreshOnly ? ["-refresh-only"] : []),
  ];
}

const collected = (value: string, before: readonly string[]): string[] => [...before, value];

function atATime(text: string): number {
  const value = Number(text);
  if (!/^(-1|[1-9]\d*)$/.test(text)) {
    throw new InvalidArgumentError("Allowed: a whole number from 1 on, or -1 for all.");
  }
  return value === -1 ? ALL_AT_ONCE : value;
}
