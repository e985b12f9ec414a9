import { styleText } from "node:util";
import { type CANCEL_SYMBOL, TextPrompt } from "@clack/core";
import { S_BAR, S_BAR_END, symbol } from "@clack/prompts";

export interface LiveTextOptions {
  readonly message: string;
  /** Stands there before anything is typed. */
  readonly initialValue?: string | undefined;
  /** Shown while nothing is typed. */
  readonly placeholder?: string | undefined;
  /** @returns what is wrong with a value; it is shown as one types. */
  readonly check?: ((value: string) => string | undefined) | undefined;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** A line of text that is checked while it is typed: what is wrong with it stands below, and it is not taken. */
export function liveText(options: LiveTextOptions): Promise<string | typeof CANCEL_SYMBOL | undefined> {
  const { message, initialValue, placeholder = "", check = () => undefined, output, signal } = options;
  const prompt = new TextPrompt({
    output,
    signal,
    ...(initialValue === undefined ? {} : { initialUserInput: initialValue }),
    validate: (value = "") => check(value),
    render() {
      const bar = styleText("gray", S_BAR);
      const head = `${bar}\n${symbol(this.state)}  ${message}`;
      if (this.state === "submit" || this.state === "cancel") {
        return `${head}\n${bar}  ${styleText(this.state === "submit" ? "dim" : ["dim", "strikethrough"], this.userInput)}`;
      }
      const isEmpty = this.userInput === "";
      const shown = isEmpty && placeholder !== "" ? styleText("dim", placeholder) : this.userInputWithCursor;
      // Nobody has done anything wrong who has not begun.
      const wrong = isEmpty && this.state !== "error" ? undefined : check(this.userInput);
      const below = wrong === undefined ? "" : `  ${styleText("yellow", wrong)}`;
      return `${head}\n${styleText("cyan", S_BAR)}  ${shown}\n${styleText("cyan", S_BAR_END)}${below}`;
    },
  });
  return prompt.prompt();
}
