import picomatch from "picomatch";

export const SHARED = "shared";
export const ALL = "*";

export interface StackArguments {
  /** Names of stacks, or patterns for them; none for all stacks. */
  readonly names: readonly string[];
  /** What follows the names: options of the command that is called. */
  readonly options: readonly string[];
}

/** Names come first, as all that is no option. */
export function stackArguments(args: readonly string[]): StackArguments {
  const firstOption = args.findIndex((arg) => arg.startsWith("-"));
  return firstOption === -1
    ? { names: args, options: [] }
    : { names: args.slice(0, firstOption), options: args.slice(firstOption) };
}

/** Whether a stack is among those that are named, as the cdktf command reads patterns. */
export function isNamed(stack: string, names: readonly string[]): boolean {
  return names.some((name) => picomatch(name)(stack));
}
