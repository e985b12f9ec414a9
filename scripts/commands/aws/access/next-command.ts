import { COMMAND, shellWords } from "../../command-line";
import { environmentName } from "../../environment";
import { stackWord } from "../../stack-word";
import type { AwsOptions } from "./session";

/**
 * A command to go on with, on the same installation: with the environment that this one works on, and the profile and Region that
 * it was given.
 * @param words the command's name and arguments.
 * @param flags none for a command that has none for AWS.
 */
export function nextCommand(words: readonly string[], { profile, region }: AwsOptions = {}): string {
  return `${COMMAND} ${shellWords([...words, ...given({ env: environmentName(), profile, region })])}`;
}

/** The same of a command that works on a server's stack: such a one takes profile and Region from elsewhere. */
export function nextStackCommand(command: "deploy" | "diff", server: string): string {
  return nextCommand([command, stackWord(server)]);
}

function given(options: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
}
