import type { Clock } from "../../../../engine/ports/services";

export interface Rate {
  /** So many have their turn without waiting. */
  readonly atOnce: number;
  /** So many more in each second. */
  readonly perSecond: number;
}

/** Bounds how often something is begun. @returns what waits for the next turn. */
export function turns(clock: Clock, { atOnce, perSecond }: Rate): () => Promise<void> {
  const begun = clock.now().getTime();
  let taken = 0;
  return async () => {
    const at = begun + (Math.max(0, taken + 1 - atOnce) * 1000) / perSecond;
    taken += 1;
    await clock.sleep(Math.max(0, at - clock.now().getTime()));
  };
}
