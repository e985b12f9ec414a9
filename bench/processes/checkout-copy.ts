import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";

/** What a copy does without. */
const LEFT_OUT = new Set([".git", "node_modules", "dist", "cdktf.out", "docs", "test", "findings", "environments"]);

/** Published by GitHub as one of its own. */
const HOST_KEY =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=";

/** A copy of a checkout with definitions of its own. */
export interface CheckoutCopy {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Copies this checkout, or another one, to where definitions can be made up. Its packages are those of the checkout.
 * @param root the checkout, with packages installed. Its `npm run build` builds the functions of the copy.
 */
export async function copyCheckout(root: string): Promise<CheckoutCopy> {
  const folder = await mkdtemp(join(tmpdir(), "bench-checkout-"));
  await cp(root, folder, {
    recursive: true,
    filter: (path) => !LEFT_OUT.has(relative(root, path)) && !/^servers.*\.ya?ml$/.test(relative(root, path)),
  });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  // The checkout's own build: another one may lay its functions out otherwise.
  await promisify(execFile)("npm", ["run", "--silent", "build"], { cwd: folder });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Writes a number of definitions, five syncs each, in place of those that are there. */
export async function writeDefinitions(folder: string, servers: number): Promise<void> {
  const definitions = join(folder, "servers");
  await mkdir(definitions, { recursive: true });
  const old = (await readdir(definitions)).filter((name) => name.endsWith(".yaml"));
  await Promise.all(old.map((name) => rm(join(definitions, name))));
  for (let server = 1; server <= servers; server++) {
    await writeFile(join(definitions, `partner-${server}.yaml`), stringify(definition(server)));
  }
}

/** One whose server is at a port of this machine. @returns its path. */
export async function writeLocalDefinition(folder: string, port: number): Promise<string> {
  const file = join(folder, "here.yaml");
  await writeFile(file, stringify(definition(1, `127.0.0.1:${port}`)));
  return file;
}

/** Ten schedules over all servers, and 20 buckets. */
function definition(server: number, url = `sftp.partner-${server}.example.com`) {
  return {
    Name: `partner-${server}`,
    Url: url,
    PublicKey: [HOST_KEY],
    Schedule: `cron(${server % 10} * * * ? *)`,
    ScheduleTimezone: "Europe/Berlin",
    SyncSettings: Array.from({ length: 5 }, (_, sync) => ({
      LocalRepository: { BucketName: `data-lake-${server % 20}`, Prefix: `partner-${server}` },
      RemoteFolders: { Folder: `/outgoing/kind-${sync}`, Recursive: true },
    })),
  };
}
