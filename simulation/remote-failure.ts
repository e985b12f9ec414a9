/** What a connector says of a listing or a file that failed; the service leaves out what it does not know. */
export interface RemoteFailure {
  readonly code?: string;
  readonly message?: string;
}
