import { expect } from "chai";
import fc from "fast-check";
import * as z from "zod";
import { timeoutsSchema } from "../../../contract/engine-settings";
import { RUN_RETRIES, type SliceStatus } from "../../../contract/run-loop";
import {
  afterAnswer,
  afterFailure,
  FIRST_CALL,
  type LoopMove,
  type RunAnswer,
  type RunCall,
} from "../../../engine/run/loop";
import { stateMachineDefinition } from "../../../stacks/state-machine/definition";
import { fails, machine } from "../../local/step-functions/machine";

/** What a function does when it is called, whichever it is. */
type Reply = { readonly status: SliceStatus; readonly wait: number } | { readonly error: string };

interface Played {
  readonly calls: readonly string[];
  /** Between two rounds of the loop, in seconds. */
  readonly waits: readonly number[];
  /** The name under which the execution failed; `undefined`: it succeeded. */
  readonly error: string | undefined;
}

const MESSAGE = "as told";

/** What ends a run says in its own words what a slice says. */
const OUTCOMES = { RUNNING: "SUCCEEDED", DONE: "SUCCEEDED", SKIPPED: "SKIPPED", HANDED_OVER: "FAILED" } as const;

const DONE: Reply = { status: "DONE", wait: 0 };

function answerOf(name: string, { status, wait }: Extract<Reply, { status: SliceStatus }>): RunAnswer {
  if (name !== "finish-run") {
    return { Status: status, WaitSeconds: wait };
  }
  const Status = OUTCOMES[status];
  const told = { Status, Subject: "subject", Message: "message" };
  return Status === "FAILED" ? { ...told, Error: { Name: "ListingFailed", Message: MESSAGE } } : told;
}

/** A call, and what it is told of the loop where it ends the run. */
function described(name: string, error: string | undefined, skipped: boolean): string {
  return name === "finish-run" ? `${name} after ${error ?? (skipped ? "SKIPPED" : "DONE")}` : name;
}

/** The replies one after the other; where they do not suffice, all is done. */
function playLoop(replies: readonly Reply[]): Played {
  const calls: string[] = [];
  const waits: number[] = [];
  let move: LoopMove = { kind: "call", call: FIRST_CALL, afterSeconds: 0 };
  while (move.kind === "call") {
    const { call }: { call: RunCall } = move;
    const reply = replies[calls.length] ?? DONE;
    calls.push(described(call.function, call.error?.name, call.skipped));
    move =
      "error" in reply
        ? // Without chance, attempts follow one another at once.
          afterFailure(call, { name: reply.error, message: MESSAGE }, 0)
        : afterAnswer(call, answerOf(call.function, reply));
    waits.push(...(move.kind === "call" && move.afterSeconds > 0 ? [move.afterSeconds] : []));
  }
  return { calls, waits, error: move.kind === "ended" ? move.error?.name : undefined };
}

const FUNCTIONS = {
  "remote-folders-list": "remote-folders-list",
  "get-list-status": "get-list-status",
  "sync-remote-folder": "sync-remote-folder",
  "finish-run": "finish-run",
};

const DEFINITION = JSON.stringify(
  stateMachineDefinition({
    partition: "aws",
    server: "partner",
    functions: FUNCTIONS,
    topicArn: "topic",
    timeouts: timeoutsSchema.parse({}),
  }),
);

const stateSchema = z.object({
  Error: z.object({ Error: z.string() }).optional(),
  Slice: z.object({ Status: z.string() }).optional(),
});

/** The same by the state machine. */
async function playStateMachine(replies: readonly Reply[]): Promise<Played> {
  const calls: string[] = [];
  const handler = (name: string) => (event: unknown) => {
    const reply = replies[calls.length] ?? DONE;
    const { Error: caught, Slice } = stateSchema.parse(event);
    calls.push(described(name, caught?.Error, Slice?.Status === "SKIPPED"));
    return "error" in reply ? fails(reply.error, MESSAGE)(event, 1) : answerOf(name, reply);
  };
  const handlers = Object.fromEntries(Object.keys(FUNCTIONS).map((name) => [name, handler(name)]));
  const { run, waits } = machine({ A: { Type: "Succeed" } }, handlers, { definition: DEFINITION });
  const result = await run();
  const error = result.status === "SUCCEEDED" ? undefined : result.error.name;
  return { calls, waits: waits.filter((seconds) => seconds > 0), error };
}

const replies: fc.Arbitrary<Reply> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      status: fc.oneof(
        { weight: 4, arbitrary: fc.constant("RUNNING" as const) },
        fc.constantFrom("DONE" as const, "SKIPPED" as const, "HANDED_OVER" as const),
      ),
      wait: fc.nat({ max: 3 }),
    }),
  },
  fc.record({ error: fc.constantFrom(...RUN_RETRIES.flatMap(({ errors }) => errors.slice(0, 2)), "AccessDenied") }),
);

const failing = (error: string, times: number): Reply[] => Array.from({ length: times }, () => ({ error }));

describe("the loop of a run", () => {
  it("does what the state machine does, whatever functions answer", async () => {
    const property = fc.asyncProperty(fc.array(replies, { maxLength: 14, size: "max" }), async (script) => {
      expect(playLoop(script)).to.deep.equal(await playStateMachine(script));
    });
    await fc.assert(property, { numRuns: 60, seed: 20261124 });
  });

  it("does so where attempts are used up, each kind of failure with its own", async () => {
    const [service = { errors: [], attempts: 0 }, transient = { errors: [], attempts: 0 }] = RUN_RETRIES;
    const [busy = "", died = ""] = [service.errors[0], transient.errors[0]];
    const beforeTheEnd = [...failing(busy, service.attempts), ...failing(died, transient.attempts)];
    const scripts = [beforeTheEnd, [...beforeTheEnd, { error: busy }], [...beforeTheEnd, { error: died }]];
    const played = scripts.map(playLoop);
    expect(await Promise.all(scripts.map(playStateMachine))).to.deep.equal(played);
    expect(played.map(({ calls }) => calls.at(-1))).to.deep.equal([
      "finish-run after DONE",
      `finish-run after ${busy}`,
      `finish-run after ${died}`,
    ]);
  });

  it("waits before another attempt for chance's part of 2, 4, 8 and so on up to 60 seconds", () => {
    const [busy = ""] = RUN_RETRIES[0]?.errors ?? [];
    const pauses: number[] = [];
    let move = afterFailure(FIRST_CALL, { name: busy, message: MESSAGE }, 0.5);
    while (move.kind === "call" && move.call.function === FIRST_CALL.function) {
      pauses.push(move.afterSeconds);
      move = afterFailure(move.call, { name: busy, message: MESSAGE }, 0.5);
    }
    expect(pauses).to.deep.equal([1, 2, 4, 8, 16, 30]);
  });
});
