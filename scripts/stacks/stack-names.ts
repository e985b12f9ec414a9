import picomatch from "picomatch";

export const SHARED = "shared";
export const ALL = "*";

export interface StackArguments {
  /** Names of stacks, or patterns for them; none for all stacks. */
  readonly names: readonly string[];
  /** Options of the command that is called, with their values. */
  readonly options: readonly string[];
}

/** Options of the commands below whose value is a word of its own. */
const WITH_VALUE =
  /^(-a|--app|-o|--output|--outputs-file|--parallelism|--terraform-parallelism|--var|--var-file|--log-level|-var|-var-file)$/;

/** Names are all words that are no options, and no values of options: the cdktf command takes them in any order, too. */
export function stackArguments(args: readonly string[]): StackArguments {
  const isName = (arg: string, index: number) => !arg.startsWith("-") && !WITH_VALUE.test(args[index - 1] ?? "");
  return { names: args.filter(isName), options: args.filter((arg, index) => !isName(arg, index)) };
}

/** Whether a stack is among those that are named, as the cdktf command reads patterns. */
export function isNamed(stack: string, names: readonly string[]): boolean {
  return names.some((name) => picomatch(name)(stack));
}
