import { EXIT } from "./exit-codes";

/** A terminal and `npm` may both pass the same Ctrl-C on. */
const SAME_KEYPRESS_MS = 1_000;

/** Aborts at Ctrl-C or SIGTERM; whoever presses again, later, is not made to wait for an orderly end. */
export function interruptionSignal(): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const interrupt = () => {
    firstAt ??= Date.now();
    if (Date.now() - firstAt > SAME_KEYPRESS_MS) {
      process.exit(EXIT.interrupted);
    }
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return controller.signal;
}
