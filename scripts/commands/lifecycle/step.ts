import { styled } from "../../terminal/style";
import { wrapped } from "../../terminal/wrap";

/**
 * `done`: nothing is to do. `here`: this call does it. `blocked`: it has to be done first, and is not. `check`: it has to be so, and
 * cannot be seen from here. `later`: it comes after that.
 */
export type StepStatus = "done" | "here" | "blocked" | "check" | "later";

/** A step of a procedure. */
export interface Step {
  readonly id: string;
  readonly status: StepStatus;
  /** What is done, as a sentence. */
  readonly what: string;
  /** What a person calls for it, in this order. */
  readonly commands: readonly string[];
}

const WORDS: Readonly<Record<StepStatus, string>> = {
  done: "done",
  here: "now",
  blocked: "first",
  check: "check",
  later: "then",
};

const COLOURS = { done: "dim", here: "green", blocked: "red", check: "yellow", later: "cyan" } as const;

/** The longest of the words, and the blanks after it. */
const INDENT = 7;

/** Steps one below the other. A command has a line of its own, which stays whole for copying. */
export function stepsText(steps: readonly Step[], stream: NodeJS.WriteStream): string {
  return steps
    .flatMap(({ status, what, commands }) => [
      hanging(styled(COLOURS[status], WORDS[status], stream) + " ".repeat(INDENT - WORDS[status].length), what, stream),
      ...(status === "done" ? [] : commands.map((command) => `${" ".repeat(INDENT + 2)}${command}`)),
    ])
    .join("\n");
}

function hanging(head: string, text: string, stream: NodeJS.WriteStream): string {
  const [first = "", ...rest] = wrapped(" ".repeat(INDENT) + text, stream).split("\n");
  return [head + first.trimStart(), ...rest.map((line) => " ".repeat(INDENT) + line.trimStart())].join("\n");
}
