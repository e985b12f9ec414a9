import { createInterface } from "node:readline";
import { takeLease } from "../../../local/locking/lease";

/** A process that holds a lease: says what happens on stdout, and does what it is told on stdin. */
async function hold(file: string, folder: string): Promise<void> {
  const lease = await takeLease(file, folder);
  lease.signal.addEventListener("abort", () => console.log(`lost: ${lease.signal.reason}`));
  console.log("held");
  for await (const command of createInterface(process.stdin)) {
    if (command === "check") {
      await lease.check().then(
        () => console.log("still held"),
        (error: unknown) => console.log(`refused: ${error}`),
      );
    } else if (command === "block") {
      console.log("blocking");
      // As synthesizing large stacks does, for longer than silence is waited for.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6_000);
    } else {
      await lease.release();
      console.log("released");
      process.exit();
    }
  }
}

hold(process.argv[2] ?? "", process.argv[3] ?? "").catch((error: unknown) => console.log(`failed: ${error}`));
