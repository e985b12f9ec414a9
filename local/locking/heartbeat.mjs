/**
 * Renews a lease while its owner lives: a thread of its own, since synthesizing the stacks keeps the owner's main thread busy
 * for seconds, and calls that block, since its thread pool may be busy too. Plain JavaScript, because a worker has no
 * TypeScript loader. Messages: `lease.ts`.
 */
import { closeSync, futimesSync, openSync, readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

if (parentPort === null) {
  throw new Error("heartbeat.mjs runs in a worker");
}
const port = parentPort;
const { file, token, beatMilliseconds, lastFailures } = workerData;
let failures = 0;

/** @returns whether the lease is still this owner's; then its time has changed. */
function beat() {
  const descriptor = openSync(file, "r+");
  try {
    if (!readFileSync(descriptor, "utf8").includes(token)) {
      return false;
    }
    // What others look for is that the time changes: whose clock it is, and whether that is right, does not matter.
    const now = new Date();
    futimesSync(descriptor, now, now);
    return true;
  } finally {
    closeSync(descriptor);
  }
}

function tick() {
  try {
    if (!beat()) {
      port.postMessage({ lost: "taken over" });
      return;
    }
    failures = 0;
  } catch (error) {
    failures += 1;
    if (error.code === "ENOENT" || failures === lastFailures) {
      port.postMessage({ lost: "unwritable", code: error.code ?? error.message });
      return;
    }
  }
  setTimeout(tick, beatMilliseconds);
}

port.once("message", tick);
