import type { FileItem } from "../work/items";

/**
 * When a file was modified, as far as its listed time can be right. Before 1970, at its first second (what servers say that
 * do not know) and later than the listing, it cannot.
 * @param now what counts as the present.
 */
export function believableTime({ modified }: Pick<FileItem, "modified">, now: Date): Date | undefined {
  const at = modified === undefined ? undefined : new Date(modified);
  return at !== undefined && at.getTime() > 0 && at <= now ? at : undefined;
}

/** Whether a listed time lies after `now`: its clock is ahead, or the time is nonsense. */
export function isInFuture({ modified }: Pick<FileItem, "modified">, now: Date): boolean {
  return modified !== undefined && new Date(modified) > now;
}
