import { styleText } from "node:util";
import { type CANCEL_SYMBOL, TextPrompt, wrapTextWithPrefix } from "@clack/core";
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
      const asked = wrapTextWithPrefix(output, message, `${bar}  `, `${symbol(this.state)}  `, `${bar}  `, trimmed);
      const head = `${bar}\n${asked}`;
      if (this.state === "submit" || this.state === "cancel") {
        return `${head}\n${bar}  ${styleText(this.state === "submit" ? "dim" : ["dim", "strikethrough"], this.userInput)}`;
      }
      const isEmpty = this.userInput === "";
      const shown = isEmpty && placeholder !== "" ? styleText("dim", placeholder) : this.userInputWithCursor;
      // Nobody has done anything wrong who has not begun.
      const wrong = isEmpty && this.state !== "error" ? undefined : check(this.userInput);
      const end = styleText("cyan", S_BAR_END);
      const below =
        wrong === undefined
          ? end
          : wrapTextWithPrefix(output, wrong, "   ", `${end}  `, "   ", (line) =>
              styleText("yellow", line.trimStart()),
            );
      return `${head}\n${styleText("cyan", S_BAR)}  ${shown}\n${below}`;
    },
  });
  return prompt.prompt();
}

/** A line that was cut off begins with the blank at which it was cut. */
const trimmed = (line: string) => line.trimStart();
