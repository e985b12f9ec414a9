import { PREFIX, TARGET } from "../../functions/support/run-input";
import { ROOT } from "../world/remote-tree";
import type { World } from "../world/world";
import { isSame } from "./stored";
import { isSettled, isWanted } from "./wanted";

/** @returns what is missing: every settled file that is wanted is in S3 with the remote's bytes, and in the ledger. */
export function missing({ remote, watch, options, clock }: World): string[] {
  const ledger = watch.stored.ledger();
  return remote.paths().flatMap((path) => {
    const version = remote.file(path);
    if (version === undefined || !isWanted(path, options) || !isSettled(version, options, clock.now())) {
      return [];
    }
    const entry = ledger.get(path);
    const object = watch.stored.target(path);
    const isKept = object?.content === version.content && object.size === version.bytes;
    const isExcused =
      watch.blindSpots.has(version) || (object === undefined && watch.taken.get(path) === version.content);
    return [
      ...(isKept || isExcused ? [] : [`${path} is in S3 as ${object?.content}, not as ${version.content}`]),
      ...(entry !== undefined && isSame(version, entry) ? [] : [`${path} is not in the ledger as it is`]),
    ];
  });
}

/** @returns keys that a sync of this folder has no business to write. */
export function strays({ objects }: World): string[] {
  return objects.keys(TARGET).filter((key) => !key.startsWith(`${PREFIX}${ROOT}/`));
}
