import { type RunErrorName, SLICE_SUPERSEDED } from "../contract/run-errors";

/** Ends a run under one of the names that people and the state machine know. */
export class RunError extends Error {
  constructor(name: RunErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** The fence: another invocation committed the run's work state after this one had read it. */
export class SliceSuperseded extends Error {
  override readonly name = SLICE_SUPERSEDED;
}
