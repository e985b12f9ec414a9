import { mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { S3Store } from "../../local/s3/s3-store";
import { BUCKET, PREFIX, type World } from "../end-to-end/world";
import { parseLedger } from "../property/invariants/stored";
import { filesBelow } from "../support/files-below";
import type { RemoteEntry, Tree } from "./scenario";

const HOUR = 3_600_000;

/** At once, so that a state that is entered cannot go on before. */
export function change(root: string, tree: Tree): void {
  for (const [path, entry] of Object.entries(tree)) {
    const file = join(root, path);
    if (entry === undefined) {
      rmSync(file);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    write(file, entry);
  }
}

function write(file: string, entry: RemoteEntry): void {
  if (typeof entry !== "string" && "linkTo" in entry) {
    symlinkSync(entry.linkTo, file);
    return;
  }
  const { content, modified } =
    typeof entry === "string" ? { content: entry, modified: new Date(Date.now() - HOUR) } : entry;
  writeFileSync(file, content);
  if (modified !== "now") {
    utimesSync(file, modified, modified);
  }
}

/** The remote files by path, without following links. */
export function remoteFiles(root: string): Map<string, string> {
  return new Map(filesBelow(root).map((file) => [relative(root, file), readFileSync(file, "utf8")]));
}

/** The objects of the target bucket, by the remote path that their keys stand for; others by their key. */
export async function objects(world: World): Promise<Map<string, string>> {
  const found = await contents(world, BUCKET, "");
  return new Map(
    [...found].map(([key, text]) => [key.startsWith(`${PREFIX}/`) ? key.slice(PREFIX.length + 1) : key, text]),
  );
}

/** What the ledgers know: sizes by remote path. */
export async function ledgerSizes(world: World): Promise<Map<string, number | null>> {
  const ledgers = await contents(world, await world.listResultsBucket(), "ledger/");
  return new Map(
    [...ledgers.values()].flatMap((text) =>
      [...parseLedger(text).files].map(([path, { size }]) => [path.slice(1), size]),
    ),
  );
}

async function contents(world: World, bucket: string, prefix: string): Promise<Map<string, string>> {
  const store = await S3Store.open(world.data);
  const found = new Map<string, string>();
  let position: { after: string; afterCommonPrefix: string } | undefined = { after: "", afterCommonPrefix: "" };
  while (position !== undefined) {
    const page = await store.list(bucket, { prefix, delimiter: "", ...position, maxKeys: 1000 });
    for (const { key } of page.objects) {
      found.set(key, await read(store, bucket, key));
    }
    position = page.next;
  }
  return found;
}

async function read(store: S3Store, bucket: string, key: string): Promise<string> {
  const object = await store.open(bucket, key);
  if (object === undefined) {
    throw new Error(`${key} was listed, and is not there`);
  }
  try {
    return await object.handle.readFile("utf8");
  } finally {
    await object.handle.close();
  }
}
