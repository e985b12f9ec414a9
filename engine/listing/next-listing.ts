import type { Clock } from "../ports/services";
import { roomForRequests } from "../work/fewer-connections";
import type { FrontierItem } from "../work/items";
import { isListingOver } from "../work/run-limits";
import type { Work } from "../work/work";

/** Listings without an answer at any time. More would only wait in the connector, and grow the root. */
const MAX_PENDING = 200;

/** Folders that are still to be listed, and those to be listed again; none where the run lists no more. */
export function foldersToList({ root, frontier, repeats }: Work): number {
  return isListingOver(root) ? 0 : frontier.length + repeats.length;
}

/** How many listings may be started now, as long as those without an answer are no more. */
export function roomForListings(work: Work): number {
  const pending = work.root.waves.reduce((sum, wave) => sum + wave.pending.length, 0);
  return Math.min(MAX_PENDING - pending, roomForRequests(work));
}

/** When the run may start its next listing, be it long ago; `undefined`: it has none to start, or no room for one. */
export async function nextListingAt(work: Work): Promise<Date | undefined> {
  const { root, frontier, repeats } = work;
  if (foldersToList(work) === 0 || roomForListings(work) <= 0) {
    return undefined;
  }
  const waiting = frontier.length > 0 ? undefined : await repeats.peek();
  const times = [root.pausedUntil, root.listingsPacedUntil, waiting?.notBefore];
  return new Date(Math.max(0, ...times.map((time) => (time === undefined ? 0 : Date.parse(time)))));
}

/** Gives folders to list: those whose pause is over, then new ones. */
export interface FolderSource {
  peek(): Promise<FrontierItem | undefined>;
  shift(): Promise<FrontierItem | undefined>;
}

/** The queue that the next folder comes from; `undefined`: there is none now. */
export async function dueFolders({ frontier, repeats }: Work, clock: Clock): Promise<FolderSource | undefined> {
  const repeated = await repeats.peek();
  if (repeated !== undefined && new Date(repeated.notBefore) <= clock.now()) {
    return repeats;
  }
  return frontier.length > 0 ? frontier : undefined;
}
