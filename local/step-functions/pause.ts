import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { parseParameters } from "./task-failure";

/** What a Wait state does: comes back after so many seconds, or as soon as the signal aborts. */
export type Pause = (seconds: number, signal: AbortSignal) => Promise<void>;

/** Waits in earnest, but never longer than this many seconds. */
export function realPause(longestSeconds = Number.POSITIVE_INFINITY): Pause {
  return async (seconds, signal) => {
    await sleep(Math.min(seconds, longestSeconds) * 1000, undefined, { signal }).catch(() => undefined);
  };
}

const waitSchema = z.union([
  z.strictObject({ Seconds: z.int().min(0) }),
  z.strictObject({ Timestamp: z.iso.datetime({ offset: true }) }),
]);

/** @param input a Wait state's field after its path was resolved. */
export function waitSeconds(input: unknown, now: Date): number {
  const wait = parseParameters(waitSchema, input);
  return "Seconds" in wait ? wait.Seconds : Math.max(0, (Date.parse(wait.Timestamp) - now.getTime()) / 1000);
}
