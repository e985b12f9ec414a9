import { warning } from "../../problems/problem";
import type { PlacedFinding } from "../../problems/zod-findings";
import type { DefinitionFields, SyncFields } from "../form/definition-schema";

/** Warns of globs that take other files than their author thinks, or none, in the folder that they are for. */
export function globsFitFolder({ SyncSettings }: DefinitionFields): PlacedFinding[] {
  return SyncSettings.items.flatMap(({ fields }) => (fields === undefined ? [] : ofSync(fields)));
}

function ofSync({ RemoteFolders: { fields } }: SyncFields): PlacedFinding[] {
  if (fields === undefined) {
    return [];
  }
  const { Folder, Include, Exclude, Recursive } = fields;
  return [...Include.items, ...Exclude.items].flatMap(({ value, path }): PlacedFinding[] => {
    const finding = value === undefined ? undefined : doubt(value, Folder.value ?? "", Recursive.value);
    return finding === undefined ? [] : [{ path, part: "value", finding }];
  });
}

function doubt(glob: string, folder: string, isRecursive: boolean | undefined) {
  const within = folder.slice(1);
  if (within !== "" && !/[*?[\]{}!()\\]/.test(within) && (glob === within || glob.startsWith(`${within}/`))) {
    return warning("begins with Folder itself, and globs are relative to it", {
      received: JSON.stringify(glob),
      allowed: JSON.stringify(glob.slice(within.length + 1) || "**"),
    });
  }
  if (isRecursive === true && !glob.includes("/") && !glob.includes("**")) {
    return warning("takes files of Folder itself alone, and none of the folders below", {
      received: JSON.stringify(glob),
      allowed: `${JSON.stringify(`**/${glob}`)} for files at every level`,
    });
  }
  if (isRecursive === false && needsFolder(glob)) {
    return warning("takes no file: it names what lies in folders, and Recursive is false", {
      received: JSON.stringify(glob),
      allowed: "a glob without a slash, or Recursive: true",
    });
  }
  return undefined;
}

/** Whether a glob has levels that are folders for sure: `**` may stand for none. */
function needsFolder(glob: string): boolean {
  const levels = glob.split("/").slice(0, -1);
  return levels.some((level) => level !== "**" && !/[{}()]/.test(level));
}
