import { EXIT } from "./exit-codes";

/** A terminal and `npm` may both pass the same Ctrl-C on. */
const SAME_KEYPRESS_MS = 1_000;

/** How soon a command notices that whoever started it has gone. */
const PARENT_CHECK_MS = 250;

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
  abortWithoutParent(controller);
  return controller.signal;
}

/**
 * npm passes a signal on to the shell that it starts, and most shells end without passing it on to the command. So a command
 * that npm has started ends when that shell has gone.
 */
function abortWithoutParent(controller: AbortController): void {
  if (process.env.npm_lifecycle_event === undefined) {
    return;
  }
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(check);
      controller.abort();
    }
  }, PARENT_CHECK_MS);
  check.unref();
}
