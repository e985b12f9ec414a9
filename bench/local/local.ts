import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { errorCode } from "../../config/error-code";
import { alternate, type Contender, type Median } from "../processes/alternate";
import { type MeasuredCommand, measureProcess } from "../processes/measure-process";
import { openDelayedPort } from "../servers/delayed-port";
import { noSshdReason, type Sshd, startSshd } from "../servers/sshd";
import { changeSome, LOCAL_CASES, type LocalCase, type LocalCaseName, makeTree, scaled } from "./cases";

export interface LocalBenchOptions {
  readonly rounds: number;
  readonly cases: readonly LocalCaseName[];
  /** Of the size of each case: 1 is all. */
  readonly scale: number;
  /** Checkouts by the names that their figures get. */
  readonly checkouts: Readonly<Record<string, string>>;
  /** Whether rclone is measured as well. */
  readonly rclone: boolean;
}

export interface LocalMedian extends Median {
  readonly what: LocalCaseName;
}

/** The connections of a connector by default. */
const CONNECTIONS = 5;

/** What one contender is called with. */
interface Place {
  readonly root: string;
  readonly sshd: Sshd;
  /** That of the server, or of the long way to it. */
  readonly port: number;
  /** For what the contender keeps. */
  readonly folder: string;
}

/**
 * Measures `local` in turn with rclone, from one sshd on this machine to its disk.
 * @throws Error where there is no sshd, or a call fails.
 */
export async function* benchLocal(options: LocalBenchOptions): AsyncGenerator<LocalMedian> {
  const sshd = await startSshd();
  if (sshd === undefined) {
    throw new Error(noSshdReason);
  }
  try {
    for (const what of options.cases) {
      for (const median of await measureCase(scaled<LocalCase>(LOCAL_CASES[what], options.scale), sshd, options)) {
        yield { ...median, what };
      }
    }
  } finally {
    await sshd.close();
  }
}

async function measureCase(one: LocalCase, sshd: Sshd, options: LocalBenchOptions): Promise<Median[]> {
  const { delayMilliseconds } = one;
  const folder = await mkdtemp(join(tmpdir(), "bench-local-"));
  const link = delayMilliseconds === undefined ? undefined : await openDelayedPort(sshd.port, delayMilliseconds);
  try {
    const root = join(folder, "remote");
    await makeTree(root, one);
    const place = (name: string) => ({ root, sshd, port: link?.port ?? sshd.port, folder: join(folder, name) });
    const commands = await Promise.all([
      ...Object.entries(options.checkouts).map(async ([name, checkout], index) => {
        const command = await ourCommand(checkout, place(`ours-${index}`), join(folder, `partner-${index}.yaml`));
        return { name, command, kept: join(folder, `ours-${index}`) };
      }),
      ...(options.rclone
        ? [
            rcloneCommand(place("rclone"), folder).then((command) => ({
              name: "rclone",
              command,
              kept: join(folder, "rclone"),
            })),
          ]
        : []),
    ]);
    let changes = 0;
    let earlier = 0;
    const contenders: Contender[] = commands.map(({ name, command, kept }) => ({
      name,
      prepare: async () => {
        if (one.before === "nothing") {
          // Moved, not removed: for minutes ext4 looks past each file that was removed whenever one is made.
          earlier += 1;
          await moveIfThere(kept, join(folder, `earlier-${earlier}`));
        } else if (one.before === "most") {
          changes += 1;
          await changeSome(root, one, changes);
        }
      },
      measure: () => measureProcess(command),
    }));
    if (one.before !== "nothing") {
      await alternate(contenders, 1);
    }
    return await alternate(contenders, options.rounds);
  } finally {
    link?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") {
      throw error;
    }
  }
}

async function ourCommand(
  checkout: string,
  { root, sshd, port, folder }: Place,
  file: string,
): Promise<MeasuredCommand> {
  const definition = {
    Name: "partner",
    Url: `127.0.0.1:${port}`,
    PublicKey: sshd.hostPublicKeys,
    Schedule: "on-demand",
    MaxConcurrentConnections: CONNECTIONS,
    SyncSettings: [{ LocalRepository: { BucketName: "target" }, RemoteFolders: { Folder: root, Recursive: true } }],
  };
  await writeFile(file, stringify(definition));
  return {
    command: process.execPath,
    args: [join("scripts", "sftp-sync.mjs"), "local", file, "--data", folder, "--yes", "--json"],
    folder: checkout,
    env: { SFTP_USERNAME: sshd.username, SFTP_PRIVATE_KEY_FILE: sshd.privateKeyFile },
  };
}

/** Checks host keys as we do, and no hashes, which a server that gives no shell cannot tell. */
async function rcloneCommand({ root, sshd, port, folder }: Place, keys: string): Promise<MeasuredCommand> {
  const knownHosts = join(keys, "known_hosts");
  await writeFile(knownHosts, sshd.hostPublicKeys.map((key) => `[127.0.0.1]:${port} ${key}\n`).join(""));
  const remote = {
    host: "127.0.0.1",
    port: String(port),
    user: sshd.username,
    "key-file": sshd.privateKeyFile,
    "known-hosts-file": knownHosts,
  };
  const flags = Object.entries(remote).flatMap(([name, value]) => [`--sftp-${name}`, value]);
  return {
    command: "rclone",
    args: [
      "copy",
      `:sftp:${root}`,
      folder,
      "--config",
      "",
      "--transfers",
      `${CONNECTIONS}`,
      ...flags,
      "--sftp-disable-hashcheck",
    ],
    folder: keys,
  };
}
