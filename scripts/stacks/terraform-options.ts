import { UserError } from "../../local/errors/user-error";

/** One dash and a word, as Terraform writes its options. */
const TERRAFORM_OPTION = /^-([a-z][a-z-]+)(=.*)?$/s;

/** Those whose value may be the next word. */
const WITH_VALUE: readonly string[] = ["var", "var-file", "target", "replace", "parallelism", "lock-timeout"];

/** What the commands here tell Terraform themselves. */
const TAKEN: readonly string[] = [
  "out",
  "json",
  "destroy",
  "detailed-exitcode",
  "input",
  "state",
  "state-out",
  "backup",
];

/** The same for all of them, with and without. */
const UNDERSTOOD: readonly string[] = ["auto-approve", "no-color", "help"];

export interface SplitArguments {
  /** For `terraform plan`. */
  readonly terraform: readonly string[];
  /** The others, in their order. */
  readonly own: readonly string[];
}

/**
 * Tells Terraform's options from the command's own.
 * @throws UserError for an option that the commands themselves decide on.
 */
export function splitArguments(args: readonly string[]): SplitArguments {
  const terraform: string[] = [];
  const own: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    const [, name, value] = TERRAFORM_OPTION.exec(arg) ?? [];
    if (name === undefined) {
      own.push(arg);
    } else if (UNDERSTOOD.includes(name)) {
      own.push(`-${arg}`);
    } else if (TAKEN.includes(name)) {
      throw new UserError(`-${name} cannot be given: the command itself tells Terraform what it says`);
    } else if (value === undefined && WITH_VALUE.includes(name) && index + 1 < args.length) {
      index += 1;
      terraform.push(`${arg}=${args[index]}`);
    } else {
      terraform.push(arg);
    }
  }
  return { terraform, own };
}
