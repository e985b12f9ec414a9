/** Where an object was written, and by what it is known again there. */
export interface PlacedObject {
  readonly bucket: string;
  readonly key: string;
  /** Of this very object: neither one before nor one after it under the same key has the same. */
  readonly identity: string;
}

/** What a connector needs of S3. */
export interface ConnectorStore {
  put(bucket: string, key: string, body: string): Promise<unknown>;
  /**
   * Streams a file's content into an object, which appears when it is complete. `size` in bytes.
   * @param beforePlacing told the object before it appears; it does not appear before this resolves.
   */
  writeStream(
    bucket: string,
    key: string,
    content: AsyncIterable<Uint8Array>,
    beforePlacing: (object: PlacedObject) => Promise<void>,
  ): Promise<{ readonly size: number }>;
  /** Whether this very object lies under its key. */
  holds(object: PlacedObject): Promise<boolean>;
}
