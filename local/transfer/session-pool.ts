import { RemoteFailure } from "./remote-failure";
import type { RemoteServer } from "./remote-server";
import { RemoteSession } from "./remote-session";
import { connectSftp } from "./sftp-connection";

/** An unused connection is kept this long for the next request. */
const IDLE_MS = 10_000;

/**
 * The connections of one connector: made when needed, at most `size` at a time, used again, closed when idle. Requests wait
 * their turn in the order in which they came.
 */
export class SessionPool {
  private readonly idle = new Map<RemoteSession, NodeJS.Timeout>();
  private readonly turns: (() => void)[] = [];
  private readonly aborter = new AbortController();
  /** Those made for the server as it is set now. */
  private current = new WeakSet<RemoteSession>();
  private busy = 0;

  constructor(
    private readonly server: () => RemoteServer,
    private readonly size: () => number,
  ) {}

  /**
   * Does some work on a connection. Where a connection that was used before turns out to be dead, the work is done once more
   * on a new one, so it must be repeatable.
   * @param prefers which of several idle connections it would have; by default any.
   */
  async use<T>(
    work: (session: RemoteSession) => Promise<T>,
    prefers: (session: RemoteSession) => boolean = () => false,
  ): Promise<T> {
    await this.turn();
    try {
      const kept = this.takeIdle(prefers);
      if (kept !== undefined) {
        try {
          return await this.workOn(kept, work);
        } catch (error) {
          if (kept.isOpen() || this.aborter.signal.aborted) {
            throw error;
          }
        }
      }
      return await this.workOn(await this.connect(), work);
    } finally {
      this.passOn();
    }
  }

  /** The server's settings have changed: what is under way goes on, but no connection from before is used again. */
  renew(): void {
    this.current = new WeakSet();
    this.closeIdle();
  }

  /** Ends all connections; what is under way on them fails. */
  close(): void {
    this.aborter.abort();
    this.closeIdle();
  }

  private closeIdle(): void {
    for (const [session, timer] of this.idle) {
      clearTimeout(timer);
      session.close();
    }
    this.idle.clear();
  }

  private async turn(): Promise<void> {
    if (this.busy < this.size()) {
      this.busy += 1;
      return;
    }
    await new Promise<void>((resolve) => this.turns.push(resolve));
  }

  /** Gives the place to the one who waits longest, before a newcomer can take it. */
  private passOn(): void {
    const next = this.turns.shift();
    if (next === undefined) {
      this.busy -= 1;
    } else {
      next();
    }
  }

  private async connect(): Promise<RemoteSession> {
    if (this.aborter.signal.aborted) {
      throw new RemoteFailure("CONNECTION_ERROR", "The local Transfer service is closing");
    }
    const { current } = this;
    const session = new RemoteSession(await connectSftp(this.server(), { signal: this.aborter.signal }));
    current.add(session);
    return session;
  }

  private takeIdle(prefers: (session: RemoteSession) => boolean): RemoteSession | undefined {
    for (const session of this.idle.keys()) {
      if (!session.isOpen()) {
        this.forget(session);
      }
    }
    const [first, ...rest] = this.idle.keys();
    const taken = first === undefined || prefers(first) ? first : (rest.find(prefers) ?? first);
    this.forget(taken);
    return taken;
  }

  /** It is idle no longer. */
  private forget(session: RemoteSession | undefined): void {
    if (session !== undefined) {
      clearTimeout(this.idle.get(session));
      this.idle.delete(session);
    }
  }

  private async workOn<T>(session: RemoteSession, work: (session: RemoteSession) => Promise<T>): Promise<T> {
    try {
      return await work(session);
    } finally {
      this.release(session);
    }
  }

  private release(session: RemoteSession): void {
    if (!session.isOpen() || this.aborter.signal.aborted || !this.current.has(session)) {
      session.close();
      return;
    }
    const timer = setTimeout(() => {
      this.idle.delete(session);
      session.close();
    }, IDLE_MS);
    this.idle.set(session, timer);
  }
}
