import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Invocation } from "../simulation/invoke";
import type { Ask } from "../simulation/requests";
import type { Invoked, Invoker } from "../simulation/simulation";
import { fromFunctionSchema, type ToFunction } from "./messages";

const MAIN = join(__dirname, "function-process.ts");

interface FunctionProcess {
  readonly child: ChildProcess;
  /** What it wrote as errors. */
  complaint(): string;
}

/** A process for each function, warm like Lambda's, with no more heap than the function has memory. */
export class FunctionProcesses {
  private readonly processes = new Map<string, FunctionProcess>();

  /** @param memoryMegabytes of a function, by its module. */
  constructor(private readonly memoryMegabytes: (module: string) => number) {}

  /** @throws Error `Runtime.ExitError` where the process dies; the next invocation gets a new one. */
  readonly invoke: Invoker = (invocation, ask) => {
    const known = this.processes.get(invocation.module);
    return invokeIn(known ?? this.start(invocation.module), invocation, ask);
  };

  close(): void {
    for (const { child } of this.processes.values()) {
      child.disconnect();
    }
  }

  private start(module: string): FunctionProcess {
    const execArgv = ["--import", "tsx", `--max-old-space-size=${this.memoryMegabytes(module)}`];
    const child = fork(MAIN, { execArgv, serialization: "advanced", stdio: ["ignore", "inherit", "pipe", "ipc"] });
    let errors = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.once("close", () => this.processes.delete(module));
    const started = { child, complaint: () => /^FATAL ERROR.*$/m.exec(errors)?.[0] ?? errors };
    this.processes.set(module, started);
    return started;
  }
}

function invokeIn({ child, complaint }: FunctionProcess, invocation: Invocation, ask: Ask): Promise<Invoked> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      child.off("message", receive).off("close", died);
      settle();
    };
    const died = () => end(() => reject(named("Runtime.ExitError", `the process died: ${complaint()}`)));
    const receive = async (received: unknown) => {
      const message = fromFunctionSchema.parse(received);
      if (message.kind === "request") {
        send(child, { kind: "answer", id: message.id, answer: await ask(message.request, message.at) });
      } else if (message.kind === "done") {
        end(() => resolve({ result: message.result, costs: message.costs }));
      } else {
        end(() => reject(named(message.name, message.message)));
      }
    };
    child.on("message", receive).on("close", died);
    send(child, { kind: "invoke", invocation });
  });
}

function send(child: ChildProcess, message: ToFunction): void {
  child.send(message);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
