import { injectFaults } from "../../local/faults/faults";
import { faultsSchema } from "../../local/faults/faults-schema";
import type { Interception } from "../../local/runner/interception";

export const NO_FAULTS = injectFaults(faultsSchema.parse({}));

/** An interception that another can take the place of while a cloud is at work. */
export class InterceptionSwitch {
  /** For the start of a cloud. */
  readonly interception: Interception;

  constructor(private current: Interception) {
    const { limits, dial } = current;
    this.interception = {
      limits,
      dial,
      remote: (next) => {
        const remote = this.following((current) => current.remote(next));
        return {
          list: (folder, maxItems) => remote().list(folder, maxItems),
          retrieve: (path, consume) => remote().retrieve(path, consume),
        };
      },
      description: (connector) => this.current.description(connector),
      listingManner: (folder) => this.current.listingManner(folder),
      results: (files) => this.current.results(files),
      events: (next) => {
        const listener = this.following((current) => current.events(next));
        return (event) => listener()(event);
      },
      abortsAt: (state, boundary) => this.current.abortsAt(state, boundary),
      requests: (callers) => (next) => {
        const handler = this.following((current) => current.requests(callers)(next));
        return (request, response) => handler()(request, response);
      },
    };
  }

  use(next: Interception): void {
    this.current = next;
  }

  /** Made once of each interception that is in force. */
  private following<T>(make: (current: Interception) => T): () => T {
    let of: Interception | undefined;
    let made: T;
    return () => {
      if (of !== this.current) {
        of = this.current;
        made = make(of);
      }
      return made;
    };
  }
}

/** Whether a cloud reads something of an interception at its start alone, which no other can take the place of then. */
export function isFixedAtStart({ limits, dial }: Interception): boolean {
  return Object.keys(limits).length > 0 || dial !== undefined;
}
