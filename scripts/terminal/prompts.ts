import { setMaxListeners } from "node:events";
import { confirm, isCancel, multiselect, note, password, select } from "@clack/prompts";
import { printableText } from "../../contract/printable";
import { UserError } from "../../local/errors/user-error";
import { Interrupted } from "../../local/runner/interrupted";
import { type LiveTextOptions, liveText } from "./live-text";

export interface Choice<T extends string> {
  readonly value: T;
  /** Default: the value. */
  readonly label?: string;
  /** Shown beside it when it is the current one. */
  readonly hint?: string;
}

/** Questions at the terminal, asked on stderr, so that the result alone goes to stdout. Ctrl-C ends the command. */
export interface Prompts {
  text(message: string, options?: Pick<LiveTextOptions, "initialValue" | "placeholder" | "check">): Promise<string>;
  /** Shows no letter of what is typed. */
  password(message: string, check?: (value: string) => string | undefined): Promise<string>;
  confirm(message: string, initialValue?: boolean): Promise<boolean>;
  select<T extends string>(message: string, choices: readonly Choice<T>[], initialValue?: T): Promise<T>;
  /** @returns those that were chosen, none of them too. */
  multiselect<T extends string>(message: string, choices: readonly Choice<T>[], initial?: readonly T[]): Promise<T[]>;
  /** Shows a text between questions. */
  note(text: string, title: string): void;
}

/** Whether somebody can be asked: input and stderr are a terminal. */
export const isAtTerminal = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/**
 * @param signal aborted by Ctrl-C, as by interruptionSignal.
 * @param instead the flags that do without questions, as a sentence.
 * @throws UserError where there is no terminal. @throws Interrupted from each question.
 */
export function promptsAtTerminal(signal: AbortSignal, instead: string): Prompts {
  if (!isAtTerminal()) {
    throw new UserError("This command asks questions, and there is no terminal to ask them at", { next: instead });
  }
  setMaxListeners(0, signal); // Each question listens, and goes on listening once it is answered.
  const common = { output: process.stderr, signal };
  return {
    text: async (message, options = {}) => (await answered(liveText({ message, ...options, ...common }))) ?? "",
    password: (message, check = () => undefined) =>
      answered(password({ message, validate: (value = "") => check(value), ...common })),
    confirm: (message, initialValue = true) => answered(confirm({ message, initialValue, ...common })),
    select: async <T extends string>(message: string, choices: readonly Choice<T>[], initialValue?: T) => {
      const options = choices.map(shown);
      const chosen = await answered(
        select<string>({ message, options, ...common, ...(initialValue === undefined ? {} : { initialValue }) }),
      );
      return chosenOf(choices, chosen);
    },
    multiselect: async <T extends string>(message: string, choices: readonly Choice<T>[], initial?: readonly T[]) => {
      const initialValues = [...(initial ?? [])];
      const asked = multiselect<string>({
        message,
        options: choices.map(shown),
        initialValues,
        required: false,
        ...common,
      });
      const chosen = await answered(asked);
      return chosen.map((value) => chosenOf(choices, value));
    },
    note: (text, title) => note(printableText(text), printableText(title), { output: process.stderr }),
  };
}

const shown = ({ value, label = value, hint }: Choice<string>) => ({
  value,
  label,
  ...(hint === undefined ? {} : { hint }),
});

function chosenOf<T extends string>(choices: readonly Choice<T>[], chosen: string): T {
  const choice = choices.find(({ value }) => value === chosen);
  if (choice === undefined) {
    throw new Error(`No choice has the value ${chosen}`);
  }
  return choice.value;
}

/** @throws Interrupted where the question was cancelled: its answer is a symbol then. */
async function answered<T>(answer: Promise<T>): Promise<Exclude<T, symbol>> {
  const value = await answer;
  if (isCancel(value)) {
    throw new Interrupted();
  }
  return value as Exclude<T, symbol>;
}
