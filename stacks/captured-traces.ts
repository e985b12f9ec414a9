/**
 * Does synchronous work without the stack traces that CDKTF captures for nearly every value, with all their frames, and never
 * shows: they are a tenth of a synthesis. Errors have theirs all the same.
 */
export function withoutCapturedTraces<T>(work: () => T): T {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
