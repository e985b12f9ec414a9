export interface Closable {
  close(): Promise<void>;
}

/** What was opened and is to be closed: the last one first, and all of them, also where one fails. */
export class Closing implements Closable {
  private readonly opened: Closable[] = [];

  add<T extends Closable>(opened: T): T {
    this.opened.push(opened);
    return opened;
  }

  /** Closes what was opened before work fails. */
  async onFailure<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (const opened of this.opened.splice(0).reverse()) {
      await opened.close().catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) {
      throw new AggregateError(errors, "not everything could be closed");
    }
  }
}
