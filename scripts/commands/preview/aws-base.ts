import { S3Client } from "@aws-sdk/client-s3";
import type { Settings } from "../../../config/settings/settings";
import type { ObjectStore } from "../../../engine/ports/services";
import { systemClock } from "../../../engine/ports/system-clock";
import { objectStore } from "../../../functions/aws/object-store";
import { LOCAL_ACCOUNT } from "../../../local/deployment/account";
import { localSettings } from "../../../local/runner/local-settings";
import type { BaseObjects } from "../../../local/s3/base-objects";
import { accessDenied } from "../../../local/s3/s3-error";
import { listResultsBucketName } from "../../../stacks/naming/names";
import type { AwsSession } from "../aws/access/session";
import { runPlaces } from "../aws/runs/run-places";
import type { Base } from "./base";

/** The ledgers and target buckets of a server that is deployed. Nothing is written there. */
export class AwsBase implements Base {
  readonly kind = "deployed";
  private readonly client: S3Client;
  private readonly store: ObjectStore;
  private failure: unknown;

  private constructor(
    private readonly session: AwsSession,
    private readonly bucket: string,
    /** What a run on this machine calls that bucket. */
    private readonly localBucket: string,
  ) {
    this.client = new S3Client({ ...session.config, followRegionRedirects: true });
    this.store = objectStore(this.client, systemClock);
  }

  static async open(session: AwsSession, server: string, settings: Settings): Promise<AwsBase> {
    const { bucket } = await runPlaces(session, server);
    return new AwsBase(session, bucket, listResultsBucketName(localSettings(settings), LOCAL_ACCOUNT));
  }

  get words(): string {
    return `what is deployed: the ledgers in s3://${this.bucket}, and the target buckets`;
  }

  readonly objects: BaseObjects = {
    read: (bucket, key) =>
      this.ask(`s3:GetObject s3://${this.named(bucket)}/${key}`, () => this.store.read(this.named(bucket), key)),
    head: (bucket, key) =>
      this.ask(`s3:GetObject s3://${this.named(bucket)}/${key}`, () => this.store.head(this.named(bucket), key)),
    list: (bucket, prefix, options) => this.list(bucket, prefix, options),
  };

  check(): void {
    if (this.failure !== undefined) {
      throw this.failure;
    }
  }

  close(): void {
    this.client.destroy();
  }

  private async *list(...[bucket, prefix, options]: Parameters<ObjectStore["list"]>) {
    const summaries = this.store.list(this.named(bucket), prefix, options)[Symbol.asyncIterator]();
    const next = () => this.ask(`s3:ListBucket s3://${this.named(bucket)}/${prefix}`, () => summaries.next());
    for (let page = await next(); !page.done; page = await next()) {
      yield page.value;
    }
  }

  /** The run is told that it may not: it would try again what fails otherwise. */
  private async ask<T>(action: string, request: () => Promise<T>): Promise<T> {
    try {
      return await this.session.ask(action, request);
    } catch (error) {
      this.failure ??= error;
      throw accessDenied(action);
    }
  }

  private named(bucket: string): string {
    return bucket === this.localBucket ? this.bucket : bucket;
  }
}
