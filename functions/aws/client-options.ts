/**
 * Milliseconds. The SDK's own are none: a connection on which nothing comes any more would take all of a function's time.
 * Less than what functions keep for writing down what they did, since a request may begin just before: the SDK counts the
 * silence from the third second on. The longest answers begin within seconds.
 */
const TIME_LIMITS = { connectionTimeout: 5_000, socketTimeout: 12_000 };

/** For requests that may be repeated. */
export const RETRYING = { maxAttempts: 5, requestHandler: TIME_LIMITS };

const FRESH = { keepAlive: false };

/**
 * For requests that must not be repeated unknowingly. Each has a connection of its own: one that lay idle while Lambda was
 * frozen may be dead, and after a request on it nobody knows what became of that.
 */
export const ONCE = {
  maxAttempts: 1,
  requestHandler: { ...TIME_LIMITS, httpAgent: FRESH, httpsAgent: FRESH },
};
