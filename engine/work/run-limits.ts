import type { RunLimits } from "../../contract/engine-settings";
import type { RunErrorName } from "../../contract/run-errors";
import { logger } from "../logger";
import { itemsIn } from "./chunk-queue";
import type { FileItem, FrontierItem } from "./items";
import type { Root } from "./root";
import type { Work } from "./work";

type LimitName = keyof RunLimits;

const LIMIT_REACHED: RunErrorName = "RunLimitReached";

/** Puts folders on the frontier, as many as the run may list; the others are counted. */
export function takeFolders({ root, frontier }: Work, limits: RunLimits, found: readonly FrontierItem[]): void {
  const { counters } = root;
  const room = isListingOver(root) ? 0 : Math.max(0, limits.folders - counters.foldersFound);
  const taken = found.slice(0, room);
  frontier.append(taken);
  counters.foldersFound += taken.length;
  counters.foldersBeyondLimit += found.length - taken.length;
  if (taken.length < found.length && !isListingOver(root)) {
    reach(root, limits, "folders");
  }
}

/** Counts the entries of a listing that was taken. Once there are too many, the run lists no more folders. */
export function countEntries({ root }: Work, limits: RunLimits, count: number): void {
  root.counters.entriesListed += count;
  if (root.counters.entriesListed > limits.entries) {
    reach(root, limits, "entries");
  }
}

/** Whether the run lists no more folders, those on the frontier neither. */
export function isListingOver({ limitsReached }: Root): boolean {
  return limitsReached.some(({ setting }) => setting === "entries");
}

/** Whether the run may transfer a file too; if so, its listed bytes are counted. */
export function takeBytes({ root }: Work, limits: RunLimits, { size = 0 }: FileItem): boolean {
  const isWithin = root.counters.bytesAsked + size <= limits.bytes;
  if (isWithin) {
    root.counters.bytesAsked += size;
  } else {
    reach(root, limits, "bytes");
  }
  return isWithin;
}

/** Counts what arrived of a file beyond its listed size, which the server is free to make up. */
export function countUnlistedBytes({ root }: Work, { size = 0 }: FileItem, arrived: number): void {
  root.counters.bytesAsked += Math.max(0, arrived - size);
}

/** What a run that has met a limit fails of, whatever else has failed; `undefined`: it has met none. */
export function limitError(root: Root): Root["error"] {
  const { limitsReached } = root;
  if (limitsReached.length === 0) {
    return undefined;
  }
  const met = limitsReached.map(({ setting, value }) => `${value} ${MEANINGS[setting]} (runLimits.${setting})`);
  const left = foldersLeft(root);
  const unlisted = left === 0 ? "" : `; ${left} folder(s) that it has found were not listed`;
  const files = limitsReached.some(({ setting }) => setting === "bytes") ? "; files beyond it were not copied" : "";
  return {
    name: LIMIT_REACHED,
    message: `The run has reached its limit of ${met.join(", and of ")}${unlisted}${files}. Everything within the limit was copied`,
  };
}

const MEANINGS: Readonly<Record<LimitName, string>> = {
  folders: "folders",
  entries: "entries in listings",
  bytes: "bytes to transfer",
};

function foldersLeft(root: Root): number {
  const { counters, queues } = root;
  const waiting = isListingOver(root) ? itemsIn(queues.frontier) + itemsIn(queues.repeats) : 0;
  return counters.foldersBeyondLimit + waiting;
}

function reach({ limitsReached }: Root, limits: RunLimits, setting: LimitName): void {
  if (!limitsReached.some((reached) => reached.setting === setting)) {
    limitsReached.push({ setting, value: limits[setting] });
    logger.warn("the run has reached a limit", { setting: `runLimits.${setting}`, value: limits[setting] });
  }
}
