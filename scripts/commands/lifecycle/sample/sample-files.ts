import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../../../config/error-code";
import { readFileText } from "../../../../config/file-text";
import { MOST_BYTES } from "../../../../config/load-definitions";
import { formatProblem } from "../../../../config/problems/problem";
import { unreadable } from "../../../../config/unreadable";
import { UserError } from "../../../../local/errors/user-error";
import { displayed } from "../../paths";

/** A file, by its path as it is to be named in problems. */
export interface SampleFile {
  readonly file: string;
  readonly text: string;
}

/** The configuration of the AWS sample *file-transfer-sync-solution*. */
export interface SampleFiles {
  /** One for each server: the sample reads every file of the folder. */
  readonly servers: readonly SampleFile[];
  /** Parameters of the whole; absent where there is no such file. */
  readonly parameters?: SampleFile;
}

const WHAT = "a configuration of the sample";

const NEXT = { next: "put the sample's own file there, or take this one away" };

/** From the sample's root: where it has its servers, and its parameters. */
const SERVERS = ["configuration", "sftp"];
const PARAMETERS = ["configuration", "solution_parameters", "parameters.json"];

/**
 * Reads the sample's configuration.
 * @param folder the sample's root, its folder configuration, or the one with the servers' files.
 * @throws UserError where there is none, or one of its files cannot be read.
 */
export async function sampleFiles(folder: string): Promise<SampleFiles> {
  for (const depth of [0, 1, 2]) {
    const servers = join(folder, ...SERVERS.slice(depth));
    if (await isFolder(servers)) {
      const root = join(folder, ...Array.from({ length: depth }, () => ".."));
      const parameters = await readIfThere(join(root, ...PARAMETERS));
      const found = { servers: await serversIn(servers), ...(parameters === undefined ? {} : { parameters }) };
      if (found.servers.length === 0) {
        throw new UserError(`There is no server's file in ${displayed(servers)}`, {
          next: "name the folder of the sample, which holds configuration/sftp, or the folder with the servers' files",
        });
      }
      return found;
    }
  }
  throw new UserError(`${displayed(folder)} is no folder`, { next: "name the folder of the sample" });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function serversIn(folder: string): Promise<SampleFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".")).map(({ name }) => name);
  return Promise.all(names.sort().map((name) => read(join(folder, name))));
}

async function readIfThere(path: string): Promise<SampleFile | undefined> {
  const isThere = await stat(path).then(
    () => true,
    (cause: unknown) => errorCode(cause) !== "ENOENT",
  );
  return isThere ? read(path) : undefined;
}

/** @throws UserError where it cannot be read. */
async function read(path: string): Promise<SampleFile> {
  const file = displayed(path);
  try {
    return { file, text: await readFileText(path, MOST_BYTES) };
  } catch (cause) {
    throw new UserError(formatProblem(unreadable(file, WHAT, cause)), NEXT);
  }
}
