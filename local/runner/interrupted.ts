/** The user ended the command; the next one goes on where this one stopped. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  /** @param message what became of the work, and how to go on. */
  constructor(message = "interrupted; run the same command again to go on") {
    super(message);
  }

  /** @throws Interrupted once the signal is aborted. */
  static throwIf(signal: AbortSignal | undefined): void {
    if (signal?.aborted) {
      throw new Interrupted();
    }
  }
}
