import type { ListingRequest } from "../../../functions/shared/services";
import type { FakeObjects } from "../../functions/support/fake-objects";
import type { FakeClock } from "../../functions/support/fake-services";
import type { RemoteTree, Snapshot } from "./remote-tree";
import type { Effect } from "./scenario";

const DELAY_TICKS = 5;

/** Entries that have no business in a listing of any folder. */
const STRANGERS = ["/etc/passwd", "/data/../secret", "/data/./x", "/database/y", "relative", "/data//z/"];

interface PendingListing {
  readonly bucket: string;
  readonly key: string;
  readonly folder: string;
  readonly effect: Effect | undefined;
  readonly snapshot: Snapshot | undefined;
  ticks: number;
}

/** The connector's listings: asked for now, written to S3 some time later. */
export class Listings {
  /** By key of the output. */
  readonly delivered = new Map<string, Snapshot>();
  private pending: PendingListing[] = [];
  private ids = 0;

  constructor(
    private readonly objects: FakeObjects,
    private readonly remote: RemoteTree,
    private readonly clock: FakeClock,
  ) {}

  /** @returns the name of the output. */
  start({ connectorId, folder, outputDirectory }: ListingRequest, effect: Effect | undefined): string {
    this.ids += 1;
    const file = `${connectorId}-${this.ids}.json`;
    const [, bucket = "", ...key] = `${outputDirectory}/${file}`.split("/");
    const snapshot = this.remote.list(folder, this.clock.now(), effect === "truncate");
    const ticks = effect === "delay" ? DELAY_TICKS : 0;
    this.pending.push({ bucket, key: key.join("/"), folder, effect, snapshot, ticks });
    return file;
  }

  tick(): void {
    for (const listing of this.pending.splice(0)) {
      if (listing.ticks > 0) {
        listing.ticks -= 1;
        this.pending.push(listing);
      } else if (listing.effect !== "silence") {
        this.deliver(listing);
      }
    }
  }

  private deliver({ bucket, key, effect, snapshot }: PendingListing): void {
    const failure = failureOf(effect, snapshot);
    if (failure !== undefined || snapshot === undefined) {
      this.objects.put(bucket, `${key}.failed`, { text: JSON.stringify(failure) });
    } else if (effect === "garbage") {
      this.objects.put(bucket, key, { text: '{"files": [{' });
    } else {
      this.delivered.set(key, snapshot);
      this.objects.put(bucket, key, { text: listingText(snapshot, effect === "strangers" ? STRANGERS : []) });
    }
  }
}

function failureOf(effect: Effect | undefined, snapshot: Snapshot | undefined) {
  if (effect === "fail") {
    return { code: "CONNECTION_LOST", message: "Connection reset" };
  }
  if (effect === "deny") {
    return { code: "PERMISSION_DENIED", message: "Permission denied" };
  }
  return snapshot === undefined ? { message: "No such file or directory" } : undefined;
}

function listingText({ folder, files, folders, truncated }: Snapshot, strangers: readonly string[]): string {
  const listed = [...files].map(([filePath, { size, modified }]) => ({ filePath, size, modifiedTimestamp: modified }));
  return JSON.stringify({
    files: [...listed, ...strangers.map((filePath) => ({ filePath, size: 1 }))],
    paths: [...folders, ...strangers, ...(strangers.length > 0 ? [folder, `${folder}/`] : [])].map((path) => ({
      path,
    })),
    truncated: String(truncated),
  });
}
