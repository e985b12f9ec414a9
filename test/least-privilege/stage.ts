import type { Interception } from "../../local/runner/interception";

/** Lets a test act at a moment of a run: when an execution enters a state, and while a listing is held back. */
export class Stage {
  private readonly waiting = new Map<string, () => void>();
  private listings = Promise.resolve();
  private release: () => void = () => undefined;

  /** To be told every state that an execution enters. */
  entered(state: string): void {
    this.waiting.get(state)?.();
  }

  /** Resolves when an execution enters the state for the next time. */
  next(state: string): Promise<void> {
    return new Promise((resolve) => this.waiting.set(state, resolve));
  }

  holdListings(): void {
    this.listings = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  releaseListings(): void {
    this.release();
  }

  /** Listings wait here while they are held. */
  around(inner: Interception): Interception {
    return {
      ...inner,
      remote: (next) => {
        const remote = inner.remote(next);
        return {
          ...remote,
          list: async (folder, maxItems) => {
            await this.listings;
            return remote.list(folder, maxItems);
          },
        };
      },
    };
  }
}
