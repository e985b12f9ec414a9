import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { LISTINGS_FOLDER } from "../../../../contract/layout";
import { RunError } from "../../../../engine/errors";
import { EMPTY_LEDGER, type FolderLedger } from "../../../../engine/ledger/ledger";
import { parseLedger, UnreadableLedger } from "../../../../engine/ledger/ledger-file";
import { ledgerKey } from "../../../../engine/ledger/ledgers";
import type { FolderListing } from "../../../../engine/listing/folder-listing";
import { readListing } from "../../../../engine/listing/read-listing";
import type { ObjectSummary } from "../../../../engine/ports/services";
import { systemClock } from "../../../../engine/ports/system-clock";
import type { RunContext } from "../../../../engine/run-context";
import { jsonOrNothing } from "../../../../engine/stored-json";
import { startedListingSchema } from "../../../../engine/work/items";
import { objectStore } from "../../../../functions/aws/object-store";
import { UserError } from "../../../../local/errors/user-error";
import type { AwsSession } from "../access/session";

/** A listing of a folder, and when it was asked for. */
export interface FoundListing {
  readonly at: Date;
  readonly listing: FolderListing;
}

/** So many lists of listings are looked at for one folder, the latest first. Each has up to some tens. */
const MOST_WAVES = 300;

/** Reads, and never writes, what runs keep in S3. */
export class Buckets {
  private readonly client: S3Client;
  private readonly objectStore: ReturnType<typeof objectStore>;

  constructor(private readonly session: AwsSession) {
    this.client = new S3Client(session.config);
    this.objectStore = objectStore(this.client, systemClock);
  }

  close(): void {
    this.client.destroy();
  }

  head(bucket: string, key: string): Promise<ObjectSummary | undefined> {
    return this.session.ask(`s3:GetObject s3://${bucket}/${key}`, () => this.objectStore.head(bucket, key));
  }

  /** The objects of one remote folder, by name; none of a folder in it. @param prefix ends with a slash, or is empty. */
  objects(bucket: string, prefix: string): Promise<ReadonlyMap<string, ObjectSummary>> {
    return this.session.ask(`s3:ListBucket s3://${bucket}/${prefix}`, async () => {
      const found = new Map<string, ObjectSummary>();
      for await (const object of this.objectStore.list(bucket, prefix, { flat: true })) {
        found.set(object.key.slice(prefix.length), object);
      }
      return found;
    });
  }

  /** What is known of a remote folder, under the server's former name where there is nothing under its own. */
  async ledger({ bucket, ledgerPrefix, formerLedgerPrefix }: RunContext, folder: string): Promise<FolderLedger> {
    for (const prefix of [ledgerPrefix, ...(formerLedgerPrefix === undefined ? [] : [formerLedgerPrefix])]) {
      const key = ledgerKey(prefix, folder);
      const stored = await this.session.ask(`s3:GetObject s3://${bucket}/${key}`, () =>
        this.objectStore.read(bucket, key),
      );
      if (stored !== undefined) {
        return parsed(stored.text, key);
      }
    }
    return EMPTY_LEDGER;
  }

  /** The latest listing of a folder in a run. @param prefix the run's. */
  listing(bucket: string, prefix: string, folder: string): Promise<FoundListing | undefined> {
    return this.session.ask(`s3:ListBucket s3://${bucket}/${prefix}`, async () => {
      for (const { key, lastModified } of await this.waves(bucket, prefix)) {
        const stored = await this.objectStore.read(bucket, key);
        const started = z.array(startedListingSchema).safeParse(jsonOrNothing(stored?.text ?? "")).data;
        const own = started?.find((listing) => listing.folder === folder);
        const wave = key.slice(`${prefix}waves/`.length).replace(/\.json$/, "");
        const place = `${prefix}${LISTINGS_FOLDER}${wave}/${own?.file}`;
        const read = own && (await readListing(this.objectStore, bucket, place, folder));
        if (read !== undefined && "listing" in read) {
          return { at: lastModified, listing: read.listing };
        }
      }
      return undefined;
    });
  }

  /** The latest first. */
  private async waves(bucket: string, prefix: string): Promise<ObjectSummary[]> {
    const waves: ObjectSummary[] = [];
    for await (const wave of this.objectStore.list(bucket, `${prefix}waves/`)) {
      waves.push(wave);
    }
    return waves.reverse().slice(0, MOST_WAVES);
  }
}

/** @throws UserError for what is damaged, or what a later version has written. */
function parsed(text: string, key: string): FolderLedger {
  try {
    return parseLedger(text, key);
  } catch (error) {
    if (error instanceof UnreadableLedger || error instanceof RunError) {
      throw new UserError(error.message, { cause: error, next: "the next run says what becomes of it" });
    }
    throw error;
  }
}
