import { LISTING_COMPLETED, LISTING_FAILED } from "../contract/listing-events";
import { listingMarker } from "../engine/listing/listing-marker";
import type { ListingRequest } from "../engine/ports/services";
import type { Surroundings } from "./connector";
import type { RemoteFailure } from "./remote-failure";
import type { Snapshot } from "./remote-tree";

/** A listing that was asked for. */
export interface AskedListing<Mark> {
  readonly request: ListingRequest;
  /** The number in the name of its output. */
  readonly id: number;
  readonly askedAt: Date;
  /** For who has the rules. */
  readonly mark: Mark;
  /** When the run could first know that it failed, and why it did. */
  failure: { readonly at: Date; readonly reason: RemoteFailure } | undefined;
}

/** What the connector writes of a folder, and what a reader learns from it; `undefined` where it cannot be read. */
export interface WrittenListing {
  /** `undefined`: nothing. */
  readonly text: string | undefined;
  readonly told: Snapshot | undefined;
  /** What the event of the completed listing says, where it matters. */
  readonly completed?: { readonly items: number | undefined };
}

/** What goes wrong, and who decides it. */
export interface ListingRules<Mark> {
  /** Of a listing that is accepted now. */
  mark(request: ListingRequest): Mark;
  /** @param turns that have passed. */
  isDue(listing: AskedListing<Mark>, turns: number): boolean;
  /** @returns why it failed, if it did; `again`: the mark under which the event of that comes once more. */
  failureOf(listing: AskedListing<Mark>): { readonly failure: RemoteFailure; readonly again?: Mark } | undefined;
  write(listing: AskedListing<Mark>, snapshot: Snapshot): WrittenListing;
}

/** A listing of which nothing was heard yet. */
export interface PendingListing<Mark> {
  readonly listing: AskedListing<Mark>;
  /** What it sees; `undefined`: there is no such folder. */
  readonly snapshot: Snapshot | undefined;
  /** That have passed. */
  readonly turns: number;
}

/** The connector's listings: asked for now, written to S3 some time later; and the events of those that fail. */
export class Listings<Mark> {
  readonly asked: AskedListing<Mark>[] = [];
  /** By key of the output. */
  readonly delivered = new Map<string, Snapshot>();
  /** By key of the marker of a failed listing, the folder that is not there. */
  readonly missing = new Map<string, string>();
  private waiting: readonly PendingListing<Mark>[] = [];

  constructor(
    private readonly surroundings: Surroundings,
    private readonly rules: ListingRules<Mark>,
  ) {}

  get pending(): readonly PendingListing<Mark>[] {
    return this.waiting;
  }

  /** @returns the name of the output. */
  start(request: ListingRequest): string {
    const { clock, remote } = this.surroundings;
    const askedAt = clock.now();
    const snapshot = remote.list(request.folder, askedAt);
    const id = this.asked.length + 1;
    const mark = this.rules.mark(request);
    const listing: AskedListing<Mark> = { request, id, askedAt, mark, failure: undefined };
    this.asked.push(listing);
    this.await({ listing, snapshot, turns: 0 });
    return outputFile(listing);
  }

  /** A turn of the connector: what is due arrives. */
  tick(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const pending of waiting) {
      if (this.rules.isDue(pending.listing, pending.turns)) {
        this.deliver(pending);
      } else {
        this.await({ ...pending, turns: pending.turns + 1 });
      }
    }
  }

  private await(pending: PendingListing<Mark>): void {
    this.waiting = [...this.waiting, pending];
  }

  private deliver({ listing, snapshot }: PendingListing<Mark>): void {
    const failed = this.rules.failureOf(listing);
    const [, bucket = "", ...folders] = listing.request.outputDirectory.split("/");
    if (failed !== undefined || snapshot === undefined) {
      const reason = failed?.failure ?? NO_SUCH_FOLDER;
      listing.failure ??= { at: this.surroundings.clock.now(), reason };
      const marker = this.record(bucket, failedEvent(listing, reason));
      if (failed === undefined && marker !== undefined) {
        this.missing.set(marker, listing.request.folder);
      }
      if (failed?.again !== undefined) {
        this.await({ listing: { ...listing, mark: failed.again }, snapshot, turns: 0 });
      }
      return;
    }
    const key = [...folders, outputFile(listing)].join("/");
    const { text, told, completed } = this.rules.write(listing, snapshot);
    const marker = completed && this.record(bucket, completedEvent(listing, completed.items));
    const place = text === undefined ? marker : key;
    if (told !== undefined && place !== undefined) {
      this.delivered.set(place, told);
    }
    if (text !== undefined) {
      this.surroundings.objects.put(bucket, key, { text });
    }
  }

  /** What the deployed rule's target does. @returns the key of the marker. */
  private record(bucket: string, event: unknown): string | undefined {
    const marker = listingMarker(event, bucket);
    if (marker !== undefined) {
      this.surroundings.objects.put(bucket, marker.key, { text: marker.text });
    }
    return marker?.key;
  }
}

const NO_SUCH_FOLDER: RemoteFailure = { message: "No such file or directory" };

function outputFile({ request, id }: Pick<AskedListing<unknown>, "request" | "id">): string {
  return `${request.connectorId}-${id}.json`;
}

/** *SFTP Connector Directory Listing Completed*, as EventBridge brings it. */
function completedEvent({ request, id }: AskedListing<unknown>, items: number | undefined) {
  return {
    "detail-type": LISTING_COMPLETED,
    detail: {
      "connector-id": request.connectorId,
      "listing-id": String(id),
      "output-directory-path": request.outputDirectory,
      "status-code": "COMPLETED",
      ...(items === undefined ? {} : { "item-count": items }),
    },
  };
}

/** *SFTP Connector Directory Listing Failed*, as EventBridge brings it. */
function failedEvent({ request, id }: AskedListing<unknown>, { code, message }: RemoteFailure) {
  return {
    "detail-type": LISTING_FAILED,
    detail: {
      "connector-id": request.connectorId,
      "listing-id": String(id),
      "output-directory-path": request.outputDirectory,
      "failure-code": code,
      "failure-message": message,
    },
  };
}
