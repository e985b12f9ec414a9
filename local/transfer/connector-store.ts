/** What a connector needs of S3. */
export interface ConnectorStore {
  put(bucket: string, key: string, body: string): Promise<unknown>;
  /** Streams a file's content into an object, which appears when it is complete. `size` in bytes. */
  writeStream(bucket: string, key: string, content: AsyncIterable<Uint8Array>): Promise<{ readonly size: number }>;
}
