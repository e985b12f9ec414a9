import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { World } from "../world";

/** As partners write them; each is the name of one file, and its content. */
export const ODD_NAMES: readonly string[] = [
  "with blank.csv",
  " leading and trailing ",
  "'single' \"double\"",
  "[brackets] {braces} (parentheses)",
  "100% %20 %zz",
  "plus+plus",
  "#hash?question",
  "back\\slash",
  "colon:semi;comma,",
  "star*dollar$tick`",
  "<angle>|pipe&",
  "tab\there",
  "größe-NFC.csv",
  "gro\u0308ße-NFD.csv",
  "日本語-😀.txt",
  "~tilde",
  "-dash",
  ".hidden",
  "...",
  "dot at the end.",
  "l".repeat(255),
  "長".repeat(85),
];

const SIZES = [0, 1, 32_768, 32_769, 3 * 1024 * 1024];
/** Long before any run, and after. */
const TIMES = ["1999-12-31T23:59:58Z", "2040-02-29T12:00:00Z"];

/** For a long listing. They are not copied. */
const PARTS = 1500;
export const EXCLUDE = "*.part";

/** What not every server shows, or lets its user read: paths below `/in`. */
export const HARD = {
  linkedFile: "hard/link-to-file",
  /** In a folder that is a link. */
  linkedFolder: "hard/link-to-folder/leaf.csv",
  dangling: "hard/link-to-nothing",
  pipe: "hard/pipe",
  closedFile: "hard/closed-file",
  closedFolder: "hard/closed-folder",
  /** Of one file, whose name is a byte that is no UTF-8. */
  latinFolder: "latin",
} as const;

/** Contents by the path below `/in`. */
export type Contents = ReadonlyMap<string, Buffer>;

/** Writes what every server should show, and {@link HARD}; tells what every server should show. */
export async function writeTree(world: World): Promise<Contents> {
  const contents = new Map<string, Buffer>();
  const put = async (path: string, content: string | Buffer, modified?: string) => {
    await world.put(`in/${path}`, content, modified === undefined ? undefined : new Date(modified));
    contents.set(path, Buffer.from(content));
  };
  await put("plain.csv", "plain");
  await put("one/two/leaf.csv", "leaf");
  await put("folder [a] +100% #1/inside.csv", "inside");
  for (const size of SIZES) {
    await put(`${size}-bytes`, randomBytes(size));
  }
  for (const time of TIMES) {
    await put(`of-${time.slice(0, 4)}`, time, time);
  }
  for (const name of ODD_NAMES) {
    await put(name, name);
  }
  for (let index = 0; index < PARTS; index += 1) {
    await writeFile(join(world.remote.root, "in", `${String(index).padStart(4, "0")}.part`), "");
  }
  await writeHard(world);
  return contents;
}

async function writeHard(world: World): Promise<void> {
  const folder = join(world.remote.root, "in");
  for (const name of ["empty", "hard", HARD.latinFolder]) {
    await mkdir(join(folder, name));
  }
  await symlink("../plain.csv", join(folder, HARD.linkedFile));
  await symlink("../one/two", dirname(join(folder, HARD.linkedFolder)));
  await symlink("nowhere", join(folder, HARD.dangling));
  await promisify(execFile)("mkfifo", [join(folder, HARD.pipe)]);
  await writeFile(Buffer.concat([Buffer.from(`${join(folder, HARD.latinFolder)}/`), Buffer.from([0xe9])]), "é");
  await world.put(`in/${HARD.closedFile}`, "closed");
  await world.put(`in/${HARD.closedFolder}/inside`, "closed");
  await chmod(join(folder, HARD.closedFile), 0);
  await chmod(join(folder, HARD.closedFolder), 0);
}

/** What {@link changeTree} takes away. */
const REMOVED = "of-1999";

/** Of the same size, longer, and new. */
const CHANGES: Contents = new Map([
  ["plain.csv", Buffer.from("PLAIN")],
  ["32769-bytes", randomBytes(40_000)],
  ["added.csv", Buffer.from("added")],
]);

/** Changes three files of the tree, and takes another one away. @returns the three */
export async function changeTree(world: World): Promise<Contents> {
  for (const [path, content] of CHANGES) {
    await world.put(`in/${path}`, content, new Date());
  }
  await rm(join(world.remote.root, "in", REMOVED));
  return CHANGES;
}

/** Takes these changes back. */
export async function restoreTree(world: World, tree: Contents): Promise<void> {
  for (const path of [...CHANGES.keys(), REMOVED]) {
    await rm(join(world.remote.root, "in", path), { force: true });
    const content = tree.get(path);
    if (content !== undefined) {
      await world.put(`in/${path}`, content);
    }
  }
}
