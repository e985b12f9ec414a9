import { Readable } from "node:stream";
import { keepEnvironment } from "./environment";

/** What a process prints, and how it ends. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** After the program's own name. */
  readonly args: readonly string[];
  /** All of it. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

let isAtWork = false;

/**
 * Does work as if this process were one of its own: with these arguments, environment and folder, without input, and with pipes
 * for what it prints. Afterwards all of that is as it was, and so are exit code, umask and listeners. One work at a time.
 */
export async function asOwnProcess({ args, env, cwd }: Surroundings, work: () => Promise<void>): Promise<Ended> {
  if (isAtWork) {
    throw new Error("Works at the same time need processes of their own");
  }
  isAtWork = true;
  const restore = [
    keepEnvironment(),
    keepListeners(),
    keepState(),
    keepProperties(process, "argv", "noDeprecation", "stdin"),
    keepProperties(process.stdout, "isTTY", "write"),
    keepProperties(process.stderr, "isTTY", "write"),
  ];
  try {
    const [stdout, stderr] = [pipe(process.stdout), pipe(process.stderr)];
    setEnvironment(env);
    process.chdir(cwd);
    process.argv = [process.execPath, "sftp-sync", ...args];
    process.exitCode = undefined;
    Object.defineProperty(process, "stdin", { value: Readable.from([]), configurable: true });
    await work();
    return { code: Number(process.exitCode ?? 0), stdout: stdout.join(""), stderr: stderr.join("") };
  } finally {
    for (const bringBack of restore) {
      bringBack();
    }
    isAtWork = false;
  }
}

/** Has a stream hand over what is written to it, as a pipe does. */
function pipe(stream: NodeJS.WriteStream): string[] {
  const written: string[] = [];
  const write = (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
    written.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
    const done = more.find((one) => typeof one === "function");
    if (done !== undefined) {
      process.nextTick(done);
    }
    return true;
  };
  Object.defineProperty(stream, "write", { value: write, configurable: true, writable: true });
  Object.defineProperty(stream, "isTTY", { value: undefined, configurable: true, writable: true });
  return written;
}

function setEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    delete process.env[name];
  }
  Object.assign(process.env, env);
}

function keepState(): () => void {
  const [folder, umask, { exitCode }] = [process.cwd(), process.umask(), process];
  return () => {
    process.chdir(folder);
    process.umask(umask);
    process.exitCode = exitCode;
  };
}

function keepProperties(of: object, ...names: readonly string[]): () => void {
  const kept = names.map((name) => [name, Object.getOwnPropertyDescriptor(of, name)] as const);
  return () => {
    for (const [name, descriptor] of kept) {
      if (descriptor === undefined) {
        Reflect.deleteProperty(of, name);
      } else {
        Object.defineProperty(of, name, descriptor);
      }
    }
  };
}

/** Removes what listens to this process, and to what it prints, in addition. */
function keepListeners(): () => void {
  const emitters: readonly NodeJS.EventEmitter[] = [process, process.stdout, process.stderr];
  const kept = emitters.map((emitter) => [emitter, listenersOf(emitter)] as const);
  return () => {
    for (const [emitter, before] of kept) {
      for (const [event, listener] of listenersOf(emitter)) {
        if (!before.some(([name, known]) => name === event && known === listener)) {
          emitter.off(event, listener);
        }
      }
    }
  };
}

type Listener = Parameters<NodeJS.EventEmitter["off"]>[1];

const listenersOf = (emitter: NodeJS.EventEmitter): (readonly [string | symbol, Listener])[] =>
  emitter
    .eventNames()
    .flatMap((event) => emitter.listeners(event).map((listener) => [event, listener as Listener] as const));
