/** Fails the invocation, and with it `terraform apply`, which shows name and message. */
export class ConcurrencyNotSet extends Error {
  override readonly name = "ConcurrencyNotSet";
}

/** It did not work this time, but may the next time: the same is to be tried again. */
export class NotYet extends Error {
  override readonly name = "NotYet";
  /** What the service asked for; 0 where it did not. */
  readonly retryAfterSeconds: number;

  constructor(
    message: string,
    { retryAfterSeconds = 0, ...options }: ErrorOptions & { retryAfterSeconds?: number } = {},
  ) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
