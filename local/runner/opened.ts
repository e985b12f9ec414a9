interface Closable {
  close(): Promise<void>;
}

/** What was opened so far, so that all of it is closed, whatever fails. */
export class Opened {
  private readonly all: Closable[] = [];

  add<T extends Closable>(opened: T): T {
    this.all.push(opened);
    return opened;
  }

  /** Does work that opens things; where it fails, those that it has opened do not stay. */
  async orClose<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.close().catch(() => undefined); // Why the work failed is what matters.
      throw error;
    }
  }

  /** Closes what was opened last first, the rest too where one fails. @throws what the first one failed of */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const opened of this.all.splice(0).reverse()) {
      await opened.close().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  }
}
