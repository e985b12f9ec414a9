import picomatch from "picomatch";
import { nearestName } from "../../config/problems/nearest-name";
import { UserError } from "../../local/errors/user-error";
import { SHARED_STACK_ID, serverStackId } from "../../stacks/naming/names";
import { stackWord } from "../commands/stack-word";

export const SHARED = SHARED_STACK_ID;
export const ALL = "*";

/** @param stack a server's. */
export const serverOfStack = (stack: string): string => stack.slice(serverStackId("").length);

/** Whether a stack is among those that are named, by its name or a pattern. */
export function isNamed(stack: string, names: readonly string[]): boolean {
  return names.some((name) => picomatch(name)(stack));
}

/**
 * The stacks that are named.
 * @param all in the order in which they are deployed.
 * @param names of stacks or servers, or patterns for them; none for all.
 * @throws UserError for a name or pattern that none has.
 */
export function selectStacks(all: readonly string[], names: readonly string[]): string[] {
  const unknown = names.filter((name) => stacksNamed(name, all).length === 0);
  if (unknown.length > 0) {
    throw new UserError(unknown.map((name) => unknownStack(name, all)).join("\n"), {
      next: "the same command with one of these names, or without a name for all",
    });
  }
  const named = new Set(names.flatMap((name) => stacksNamed(name, all)));
  return names.length === 0 ? [...all] : all.filter((stack) => named.has(stack));
}

/** By a stack's own name, else by a server's: a server may be called as the stack of another one is. */
function stacksNamed(name: string, all: readonly string[]): string[] {
  const own = all.filter((stack) => isNamed(stack, [name]));
  return own.length > 0 ? own : all.filter((stack) => isNamed(stack, [serverStackId(name)]));
}

function unknownStack(name: string, all: readonly string[]): string {
  const words = all.map((stack) => (stack === SHARED ? stack : stackWord(serverOfStack(stack))));
  const allowed = `(allowed: ${words.join(", ")}, or a pattern such as 'partner-*')`;
  if (picomatch.scan(name).isGlob) {
    return `No server or stack has a name like ${name} ${allowed}`;
  }
  const stack = nearestName(name, all);
  const nearest = nearestName(name, words) ?? (stack && words[all.indexOf(stack)]);
  return `There is no server or stack ${name} ${allowed}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
}
