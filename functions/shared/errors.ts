import { type RunErrorName, SLICE_SUPERSEDED } from "../../config/run/run-errors";

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

/** A service says *later*, and the SDK has repeated the request in vain. */
export class BackPressure extends Error {
  override readonly name = "BackPressure";
}

/** A conditional PUT or DELETE met another state of the object than the one it named (S3 answers 412). */
export class ConditionFailed extends Error {
  override readonly name = "ConditionFailed";
}
