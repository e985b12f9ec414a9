import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "./services";

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
  random: () => Math.random(),
};
