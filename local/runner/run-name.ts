import { randomBytes } from "node:crypto";

/** Unique, and in the order of time: `20261231T235959999Z-1a2b3c`. */
export function runName(now: Date): string {
  return `${now.toISOString().replaceAll(/[-:.]/g, "")}-${randomBytes(3).toString("hex")}`;
}
