import * as z from "zod";

/** What one invocation took of the machine, in a process of its own. */
export const costsSchema = z.object({
  /** Of a processor, in all threads of the process. */
  cpuSeconds: z.number(),
  /** The largest heap that was seen at a request or at the end, garbage included. */
  heapBytes: z.number(),
  /** The most memory that the process has ever had, Node.js itself included. */
  residentBytes: z.number(),
});

export type Costs = z.infer<typeof costsSchema>;

/** One invocation of a function. */
export interface SliceFigures {
  /** The function's module in its zip. */
  readonly module: string;
  /** Of the virtual clock, by the time that requests are assumed to take. */
  readonly seconds: number;
  /** Measured; `undefined` where the function shares its process with the simulation. */
  readonly costs: Costs | undefined;
  readonly requests: number;
  /** Into the list-results bucket. */
  readonly objectsWritten: number;
  readonly bytesWritten: number;
  /** Of the root object, afterwards. */
  readonly rootBytes: number;
  /** Of the function's input, which is the whole state that is passed on, and of its answer. */
  readonly payloadBytes: number;
  readonly answerBytes: number;
}

/** One execution of the state machine. */
export interface ExecutionFigures {
  readonly rounds: number;
  readonly historyEvents: number;
  /** States that were entered. */
  readonly transitions: number;
}
