/** The main module of a process that runs one function, as Lambda's sandbox does. */
import { getHeapStatistics } from "node:v8";
import { invoke } from "../simulation/invoke";
import type { Answer, Request } from "../simulation/requests";
import { type FromFunction, toFunctionSchema } from "./messages";

const waiting = new Map<number, (answer: Answer) => void>();
let asked = 0;
let largestHeap = 0;

function look(): void {
  largestHeap = Math.max(largestHeap, getHeapStatistics().used_heap_size);
}

function send(message: FromFunction): void {
  process.send?.(message);
}

function ask(request: Request, at: number): Promise<Answer> {
  look();
  return new Promise((resolve) => {
    asked += 1;
    waiting.set(asked, resolve);
    send({ kind: "request", id: asked, request, at });
  });
}

async function run(invocation: Parameters<typeof invoke>[0]): Promise<void> {
  largestHeap = 0;
  const before = process.cpuUsage();
  try {
    const result = await invoke(invocation, ask);
    look();
    const { user, system } = process.cpuUsage(before);
    const residentBytes = process.resourceUsage().maxRSS * 1024;
    send({ kind: "done", result, costs: { cpuSeconds: (user + system) / 1e6, heapBytes: largestHeap, residentBytes } });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    send({ kind: "failed", name, message });
  }
}

process.on("message", (received: unknown) => {
  const message = toFunctionSchema.parse(received);
  if (message.kind === "invoke") {
    void run(message.invocation);
  } else {
    waiting.get(message.id)?.(message.answer);
    waiting.delete(message.id);
  }
});
