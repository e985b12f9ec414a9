import { spawnSync } from "node:child_process";
import { tempFolder } from "./temp-folder";

const mounted: string[] = [];

function mount(...args: string[]): string {
  const folder = tempFolder();
  const { status, stderr } = spawnSync("mount", [...args, folder], { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`mount ${args.join(" ")}: ${stderr}`);
  }
  mounted.push(folder);
  return folder;
}

/** Why nothing can be mounted here; `undefined`: it can. For `this.skip()`. */
export function noMounts(): string | undefined {
  try {
    smallFileSystem("64k");
    return undefined;
  } catch {
    return "mounting file systems needs Linux and root";
  } finally {
    unmountAll();
  }
}

/** A file system in memory that holds no more than this, such as `64k`. */
export const smallFileSystem = (size: string) => mount("-t", "tmpfs", "-o", `size=${size}`, "tmpfs");

/** A folder's content under another path, where nothing can be written. */
export function readOnlyView(folder: string): string {
  const view = mount("--bind", folder);
  spawnSync("mount", ["-o", "remount,bind,ro", view]);
  return view;
}

export function unmountAll(): void {
  for (const folder of mounted.splice(0)) {
    spawnSync("umount", ["--lazy", folder]);
  }
}

process.on("exit", unmountAll);
