import type { AskedListing, ListingRules } from "../../../simulation/listings";
import type { RemoteFailure } from "../../../simulation/remote-failure";
import { firstHalf, type Snapshot } from "../../../simulation/remote-tree";
import { listingText, withStrangers } from "./listing-text";
import type { Dialect, Effect } from "./scenario";

const DELAY_TURNS = 5;

/** A listing, and the fault that it meets. */
export type Listing = AskedListing<Effect | undefined>;

/** What a listing's fault does to it. @param mark the fault that the next listing meets. */
export function listingRules(dialect: Dialect, mark: () => Effect | undefined): ListingRules<Effect | undefined> {
  return {
    mark,
    isDue: (listing, turns) =>
      listing.mark !== "silence" &&
      turns >= (listing.mark === "delay" || listing.mark === "failLate" ? DELAY_TURNS : 0),
    failureOf,
    write: (listing, snapshot) => {
      if (listing.mark === "garbage") {
        return { text: '{"files": [{', told: undefined };
      }
      const told = seen(listing.mark, snapshot);
      if (dialect.emptyFolders === "told" && isEmpty(told)) {
        return { text: undefined, told, completed: { items: 0 } };
      }
      return { text: listingText(told, dialect), told };
    },
  };
}

function isEmpty({ files, folders, strangers, truncated }: Snapshot): boolean {
  return files.size + folders.length + strangers.length === 0 && !truncated;
}

function seen(mark: Effect | undefined, snapshot: Snapshot): Snapshot {
  switch (mark) {
    case "strangers":
      return withStrangers(snapshot);
    case "truncate":
      return firstHalf(snapshot);
    default:
      return snapshot;
  }
}

/** Whether another attempt may succeed where this one has failed. */
export function mayPass({ code }: RemoteFailure): boolean {
  return code === CONNECTION_LOST.code;
}

function failureOf({ mark }: Listing): ReturnType<ListingRules<Effect | undefined>["failureOf"]> {
  switch (mark) {
    case "fail":
    case "failLate":
      return { failure: CONNECTION_LOST };
    case "failTwice":
      return { failure: CONNECTION_LOST, again: "failLate" };
    case "deny":
      return { failure: { code: "PERMISSION_DENIED", message: "Permission denied" } };
    default:
      return undefined;
  }
}

const CONNECTION_LOST = { code: "CONNECTION_LOST", message: "Connection reset" };
