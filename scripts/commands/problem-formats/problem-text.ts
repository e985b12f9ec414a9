import type { Problem } from "../../../config/problems/problem";

/** What is wrong, without its place, which programs show in their own way. */
export function problemText({ path, message, received, allowed }: Problem): string {
  const details = [
    ...(received === undefined ? [] : [`received: ${received}`]),
    ...(allowed === undefined ? [] : [`allowed: ${allowed}`]),
  ];
  const text = `${message}${details.length === 0 ? "" : ` (${details.join("; ")})`}`;
  return path === "" ? text : `${path}: ${text}`;
}
