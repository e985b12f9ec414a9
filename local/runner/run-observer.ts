import type { PublishedMessage } from "../step-functions/integrations";
import type { Progress } from "./progress";
import type { RunResult } from "./run-result";

/** Told while syncs run. */
export interface RunObserver {
  started?(run: { readonly server: string; readonly sync: string; readonly run: string }): void;
  /** The execution enters a state. */
  entered?(state: string): void;
  progressed?(progress: Progress): void;
  /** A notification that AWS would have sent. */
  notified?(message: PublishedMessage): void;
  finished?(result: RunResult): void;
}
