import { TARGET } from "../../engine/support/run-input";
import type { Sync } from "../world/syncs";
import type { World } from "../world/world";
import { isSame } from "./stored";
import { isSettled, isWanted } from "./wanted";

/**
 * @returns what is missing: every settled file that is wanted is in S3 with the remote's bytes, and in the ledger if
 * there is one.
 */
export function missing(world: World): string[] {
  return world.syncs.flatMap((sync) => missingOf(world, sync));
}

function missingOf({ remote, watch, clock }: World, sync: Sync): string[] {
  const ledger = watch.stored.ledger();
  return remote.paths().flatMap((path) => {
    const version = remote.file(path);
    if (version === undefined || !isWanted(sync, path, version) || !isSettled(version, sync.options, clock.now())) {
      return [];
    }
    const entry = ledger.get(path);
    const isKnown = sync.options.changeDetection === "modified-time" || (entry !== undefined && isSame(version, entry));
    const object = watch.stored.target(path);
    const isKept = object?.content === version.content && object.size === version.bytes;
    // What a consumer took is not brought again by a schedule.
    const isTaken = object === undefined && entry !== undefined && watch.taken.get(path)?.content === version.content;
    return [
      ...(isKept || isTaken || watch.blindSpots.has(version)
        ? []
        : [`${path} is in S3 as ${object?.content}, not as ${version.content}`]),
      ...(isKnown ? [] : [`${path} is not in the ledger as it is`]),
    ];
  });
}

/** @returns keys that none of the syncs has any business to write. */
export function strays({ objects, syncs, prefixes }: World): string[] {
  const places = syncs.flatMap(({ root }) => prefixes.map((prefix) => `${prefix}${root}/`));
  return objects.keys(TARGET).filter((key) => !places.some((place) => key.startsWith(place)));
}
