import { failureMarker } from "../../../engine/listing/failure-marker";
import type { ListingRequest } from "../../../engine/ports/services";
import type { FakeObjects } from "../../engine/support/fake-objects";
import type { FakeClock } from "../../engine/support/fake-services";
import { REPORTS } from "../../engine/support/run-input";
import { listingText, withStrangers } from "./listing-text";
import type { RemoteTree, Snapshot } from "./remote-tree";
import type { Dialect, Effect } from "./scenario";

const DELAY_TICKS = 5;

/** A listing that was asked for. */
export interface AskedListing {
  readonly request: ListingRequest;
  readonly askedAt: Date;
  /** When the run could first know that it failed, and whether another attempt may succeed. */
  failure: { readonly at: Date; readonly mayPass: boolean } | undefined;
}

/** A listing that is not written yet. */
interface PendingListing {
  readonly asked: AskedListing;
  readonly id: number;
  readonly effect: Effect | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly ticks: number;
}

/** The connector's listings: asked for now, written to S3 some time later; and the events of those that fail. */
export class Listings {
  readonly asked: AskedListing[] = [];
  /** By key of the output. */
  readonly delivered = new Map<string, Snapshot>();
  /** By key of the marker of a failed listing, the folder that is not there. */
  readonly missing = new Map<string, string>();
  pending: readonly PendingListing[] = [];
  private ids = 0;

  constructor(
    private readonly objects: FakeObjects,
    private readonly remote: RemoteTree,
    private readonly clock: FakeClock,
    private readonly dialect: Dialect,
  ) {}

  /** @returns the name of the output. */
  start(request: ListingRequest, effect: Effect | undefined): string {
    this.ids += 1;
    const snapshot = this.remote.list(request.folder, this.clock.now(), effect === "truncate");
    const ticks = effect === "delay" || effect === "failLate" ? DELAY_TICKS : 0;
    const asked: AskedListing = { request, askedAt: this.clock.now(), failure: undefined };
    this.asked.push(asked);
    this.add({ asked, id: this.ids, effect, snapshot, ticks });
    return outputFile(request, this.ids);
  }

  tick(): void {
    const due = this.pending;
    this.pending = [];
    for (const listing of due) {
      if (listing.ticks > 0) {
        this.add({ ...listing, ticks: listing.ticks - 1 });
      } else if (listing.effect !== "silence") {
        this.deliver(listing);
      }
    }
  }

  private add(listing: PendingListing): void {
    this.pending = [...this.pending, listing];
  }

  private deliver(listing: PendingListing): void {
    const { asked, id, effect, snapshot } = listing;
    const { request } = asked;
    const failure = failureOf(effect, snapshot);
    if (failure !== undefined || snapshot === undefined) {
      asked.failure ??= { at: this.clock.now(), mayPass: failure?.code === LOST.code };
      this.record(request.folder, failedEvent(request, id, failure), failure === MISSING);
      if (effect === "failTwice") {
        this.add({ ...listing, effect: "fail", ticks: DELAY_TICKS });
      }
      return;
    }
    const [, bucket = "", ...folders] = request.outputDirectory.split("/");
    const key = [...folders, outputFile(request, id)].join("/");
    if (effect === "garbage") {
      this.objects.put(bucket, key, { text: '{"files": [{' });
    } else {
      const told = effect === "strangers" ? withStrangers(snapshot) : snapshot;
      this.delivered.set(key, told);
      this.objects.put(bucket, key, { text: listingText(told, this.dialect) });
    }
  }

  /** What the deployed rule's target does. */
  private record(folder: string, event: unknown, isMissing: boolean): void {
    const marker = failureMarker(event, REPORTS);
    if (marker !== undefined) {
      if (isMissing) {
        this.missing.set(marker.key, folder);
      }
      this.objects.put(REPORTS, marker.key, { text: JSON.stringify(marker.content) });
    }
  }
}

const LOST = { code: "CONNECTION_LOST", message: "Connection reset" };

interface ListingFailure {
  readonly code?: string;
  readonly message: string;
}

const MISSING: ListingFailure = { message: "No such file or directory" };

function outputFile({ connectorId }: ListingRequest, id: number): string {
  return `${connectorId}-${id}.json`;
}

function failureOf(effect: Effect | undefined, snapshot: Snapshot | undefined): ListingFailure | undefined {
  if (effect === "fail" || effect === "failLate" || effect === "failTwice") {
    return LOST;
  }
  if (effect === "deny") {
    return { code: "PERMISSION_DENIED", message: "Permission denied" };
  }
  return snapshot === undefined ? MISSING : undefined;
}

/** *SFTP Connector Directory Listing Failed*, as EventBridge brings it. */
function failedEvent({ connectorId, outputDirectory }: ListingRequest, id: number, failure?: ListingFailure) {
  return {
    "detail-type": "SFTP Connector Directory Listing Failed",
    detail: {
      "connector-id": connectorId,
      "listing-id": String(id),
      "output-directory-path": outputDirectory,
      "failure-code": failure?.code,
      "failure-message": failure?.message,
    },
  };
}
