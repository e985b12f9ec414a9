import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { StorageFailure, storageFailure } from "../local/errors/storage-failure";
import { takeLease } from "../local/locking/lease";
import { makePrivateFolder } from "../local/privacy/make-folder";
import type { RunResult } from "../local/runner/run-result";
import { startSftpServer } from "../local/sftp-server/sftp-server";
import { goOnWithoutReaders } from "./commands/closed-streams";
import { describeFailure } from "./commands/failure";
import { interruptionSignal } from "./commands/interruption";
import { runLocal } from "./commands/local";
import { DEFAULT_DATA_DIRECTORY, displayed } from "./commands/paths";
import { summary } from "./commands/summary";
import { demoDefinition } from "./demo/definition";
import { SAMPLE_FILES, writeRemote, writeSample } from "./demo/remote-tree";

/** Beside the buckets of the user's own runs, under a name that no bucket can have. */
const FOLDER = join(DEFAULT_DATA_DIRECTORY, ".demo");

const LOGIN = { username: "demo", password: "demo" };

export interface DemoOptions {
  /** Keeps what the demonstration made; what an earlier one left is removed first. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  say(text: string): void;
}

/**
 * The product in one minute: a definition, a first run, a change on the server, a second run.
 * @throws UserError where another demonstration uses the folder; StorageFailure where nothing can be written there; Error
 * where a run does not do what is told.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const { folder } = options;
  try {
    await makePrivateFolder(folder);
    const lock = await takeLease(join(folder, "lock"), folder, "wait for it, then npm start");
    try {
      await show(options);
    } finally {
      await lock.release();
    }
  } catch (error) {
    const failure = storageFailure(error, folder);
    throw failure instanceof StorageFailure ? withNext(failure, "mend that, then npm start") : failure;
  }
}

/** The demonstration has no option for another directory, which the usual advice names. */
function withNext(cause: StorageFailure, next: string): StorageFailure {
  const { message, folder, code } = cause;
  return new StorageFailure(message, { folder, next, cause, ...(code === undefined ? {} : { code }) });
}

async function show({ folder, signal, say }: DemoOptions): Promise<void> {
  const remote = join(folder, "remote-server");
  const definition = join(folder, "demo-partner.yaml");
  const data = join(folder, "data");
  for (const old of [remote, definition, data]) {
    await rm(old, { recursive: true, force: true });
  }
  await writeSample(remote);
  const server = await startSftpServer({ root: remote, ...LOGIN });
  const run = async () => {
    const env = { SFTP_USERNAME: LOGIN.username, SFTP_PASSWORD: LOGIN.password };
    const states: string[] = [];
    const observer = { entered: (state: string) => states.push(state) };
    const { runs, failure } = await runLocal({
      definition,
      data,
      env,
      observer,
      notice: say,
      ...(signal === undefined ? {} : { signal }),
    });
    if (failure !== undefined) {
      throw failure;
    }
    say(indented(path(states)));
    const next = `Look at what went wrong above; ${displayed(join(data, ".sftp-sync", "logs"))} has the functions' logs.`;
    say(indented(summary({ runs }, runs.some(({ status }) => status === "FAILED") ? next : undefined)));
    return runs;
  };
  try {
    const yaml = demoDefinition(server);
    await writeFile(definition, yaml);
    say(`1. A partner's SFTP server is up at ${server.host}:${server.port}, with ${SAMPLE_FILES.length} files.`);
    say("\n2. One YAML file says what to keep up to date. With AWS, it would be reviewed and deployed:\n");
    say(indented(shortened(yaml)));
    say("3. The first run. The state machine and the Lambda zips are the very ones that Terraform deploys;");
    say("   S3 and the SFTP connector are stood in for on this machine. It lists, decides, transfers and verifies:\n");
    expectCounts(await run(), { transferred: SAMPLE_FILES.length, unchanged: 0 });
    say("\n   The bucket now holds:\n");
    say(indented((await objects(join(data, "data-lake"))).join("\n")));
    say("\n4. On the server, one file changes and one is new. The second run, as the schedule would start it:\n");
    await writeRemote(remote, "prices/list.csv", "file,row,value\nprices/list.csv,1,99.9\n", new Date());
    await writeRemote(remote, "reports/2026-02/sales-north.csv", "file,row,value\n", new Date());
    expectCounts(await run(), { transferred: 2, unchanged: SAMPLE_FILES.length - 1 });
    say(
      `\n   2 transferred, the other ${SAMPLE_FILES.length - 1} unchanged: neither read from the server nor looked up in S3.`,
    );
    say(whatNext(data, definition));
  } finally {
    await server.close();
  }
}

/** The demonstration is a promise: it fails where the product does not do what it tells. */
function expectCounts(runs: readonly RunResult[], expected: { transferred: number; unchanged: number }): void {
  const [run] = runs;
  const transferred = run?.files.transferred ?? 0;
  const unchanged = run?.files.skipped.unchanged ?? 0;
  if (run?.status !== "SUCCEEDED" || transferred !== expected.transferred || unchanged !== expected.unchanged) {
    throw new Error(
      `Expected ${JSON.stringify(expected)}, got ${JSON.stringify({ status: run?.status, transferred, unchanged })}`,
    );
  }
}

function whatNext(data: string, definition: string): string {
  return `
Look around
  ${displayed(join(data, "data-lake"))}/  the bucket: objects are plain files
  ${displayed(definition)}  the definition
  ${displayed(join(data, ".sftp-sync", "stacks", "stacks"))}/  the Terraform JSON, as deployed
  ${displayed(join(data, ".sftp-sync", "logs"))}/  what the Lambdas logged

Try next, with a server of your own
  npx sftp-sync new partner                      # asks for what a definition needs, and writes servers/partner.yaml
  npx sftp-sync validate servers/partner.yaml
  read -rs SFTP_PASSWORD && export SFTP_USERNAME=... SFTP_PASSWORD
  npx sftp-sync local servers/partner.yaml --dry-run`;
}

/** The states that an execution went through; rounds of the loop are counted. */
function path(states: readonly string[]): string {
  const loop = ["RemoteFoldersList", "GetListStatus", "SyncRemoteFolder"];
  const rounds = states.filter((state) => state === loop[0]).length;
  const end = states.slice(states.lastIndexOf("FinishRun")).filter((state) => state !== "HasRunFailed");
  return `PrepareRun > ${rounds} x (${loop.join(" > ")}) > ${end.join(" > ")}\n`;
}

/** Keys of a bucket, with sizes. */
async function objects(bucket: string): Promise<string[]> {
  const entries = await readdir(bucket, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const sized = files.map(async (file) => `${relative(bucket, file)}  ${(await stat(file)).size} B`);
  return (await Promise.all(sized)).sort();
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "   ");
}

/** Host keys are long; their beginning tells enough here. */
function shortened(yaml: string): string {
  return yaml.replaceAll(/^(.{90}).*$/gm, "$1...");
}

if (require.main === module) {
  goOnWithoutReaders(process);
  const say = (text: string) => console.log(text);
  demo({ folder: FOLDER, signal: interruptionSignal(), say }).catch((error: unknown) => {
    const { text, exitCode } = describeFailure(error, "mend that, then npm start");
    console.error(text);
    process.exitCode = exitCode;
  });
}
