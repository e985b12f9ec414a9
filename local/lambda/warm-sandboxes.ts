import type { Sandbox } from "./sandbox";

/** More than a run's functions need; each takes some 40 MB as long as it is kept. */
const MOST = 16;

/**
 * Sandboxes that nobody uses now, by what they were made of: as in an account, a function that is deployed again as it was finds
 * its own still warm, and one whose code or configuration has changed does not.
 */
export class WarmSandboxes {
  private readonly kept: { readonly origin: string; readonly sandbox: Sandbox }[] = [];

  private closed = false;

  /** @returns one that was kept last; `undefined` where none of this origin lives. */
  take(origin: string): Sandbox | undefined {
    const index = this.kept.findLastIndex((one) => one.origin === origin && !one.sandbox.dead);
    return index < 0 ? undefined : this.kept.splice(index, 1)[0]?.sandbox;
  }

  /** Keeps one that has nothing to do. Of too many, the one that was kept first is closed. */
  async keep(origin: string, sandbox: Sandbox): Promise<void> {
    this.kept.push({ origin, sandbox });
    if (this.closed || this.kept.length > MOST) {
      await this.kept.shift()?.sandbox.close();
    }
  }

  /** Stops all of them; none is kept from now on. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.kept.splice(0).map(({ sandbox }) => sandbox.close()));
  }
}
