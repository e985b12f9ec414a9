export interface UserErrorOptions extends ErrorOptions {
  /** What to try next, as a command or a sentence; otherwise the command's help is named. */
  readonly next?: string;
}

/** The user's mistake, or the state of their machine: shown as a message, never with a stack trace. */
export class UserError extends Error {
  override name = "UserError";
  readonly next: string | undefined;

  constructor(message: string, { next, ...options }: UserErrorOptions = {}) {
    super(message, options);
    this.next = next;
  }
}

/** The user was asked, and did not say yes: nothing was done, and nothing is wrong. */
export class Declined extends UserError {
  override name = "Declined";
}
