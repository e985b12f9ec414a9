import type { FileEntryWithStats, Stats } from "ssh2";
import { RemoteFailure, SFTP_STATUS, sftpStatus } from "./remote-failure";
import type { SftpConnection } from "./sftp-connection";

type Callback<T> = (error: Error | undefined | null, value: T) => void;

const isHandle = (value: unknown) => Buffer.isBuffer(value);
const isNames = (value: unknown): value is FileEntryWithStats[] => Array.isArray(value);
const isCount = (value: unknown) => typeof value === "number";
const isAttributes = (value: unknown): value is Stats =>
  typeof value === "object" && value !== null && !isHandle(value) && !isNames(value);
const isAny = (_: unknown): _ is unknown => true;

/** One answer may take this long; a server that takes longer is given up. */
const ANSWER_TIMEOUT_MS = 60_000;

/** So long, a handle waits for a request to be closed with: each piece that is sent alone wakes the server. */
const CLOSING_MS = 50;

/**
 * The few SFTP requests that a connector makes, as promises that always settle: with the answer, with the server's error, or
 * when the connection is lost or silent.
 */
export class RemoteSession {
  private readonly waiting = new Set<(error: Error) => void>();
  /** Handles that nobody needs any more. */
  private released: Buffer[] = [];
  private closing: NodeJS.Timeout | undefined;
  /** The file that was opened before its turn. */
  private ahead: { readonly path: string; readonly handle: Promise<Buffer> } | undefined;
  private broken = false;

  constructor(private readonly connection: SftpConnection) {
    void connection.closed.then(() => {
      for (const reject of this.waiting) {
        reject(this.lost());
      }
    });
  }

  isOpen(): boolean {
    return !this.broken && this.connection.isOpen();
  }

  close(): void {
    this.broken = true;
    clearTimeout(this.closing);
    this.connection.close();
  }

  openFolder(path: string): Promise<Buffer> {
    return this.ask(isHandle, (done) => this.connection.sftp.opendir(path, done));
  }

  /** The next entries of a folder, in the server's portions; `undefined` at its end. `.` and `..` are left out. */
  async readFolder(handle: Buffer): Promise<FileEntryWithStats[] | undefined> {
    try {
      return await this.ask(isNames, (done) => this.connection.sftp.readdir(handle, done));
    } catch (error) {
      if (sftpStatus(error) === SFTP_STATUS.eof) {
        return undefined;
      }
      throw error;
    }
  }

  /** Follows symbolic links. */
  stat(path: string): Promise<Stats> {
    return this.ask(isAttributes, (done) => this.connection.sftp.stat(path, done));
  }

  openFile(path: string): Promise<Buffer> {
    const { ahead } = this;
    if (ahead?.path === path) {
      this.ahead = undefined;
      return ahead.handle;
    }
    this.dropAhead();
    return this.askToOpen(path);
  }

  /**
   * Opens a file before it is asked for, together with what else is sent in this turn of the event loop. Only the last one that was
   * named is kept open.
   */
  openAhead(path: string): void {
    this.dropAhead();
    const handle = this.askToOpen(path);
    handle.catch(() => undefined); // Whoever asks for the file hears of it.
    this.ahead = { path, handle };
  }

  /** Whether it has opened that file ahead. */
  hasAhead(path: string): boolean {
    return this.ahead?.path === path;
  }

  private askToOpen(path: string): Promise<Buffer> {
    return this.ask(isHandle, (done) => this.connection.sftp.open(path, "r", done));
  }

  private dropAhead(): void {
    this.ahead?.handle.then(
      (handle) => this.closeHandle(handle),
      () => undefined,
    );
    this.ahead = undefined;
  }

  /** Bytes from a position: as many as the server gives at once, none at the end of the file. */
  async read(handle: Buffer, position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    try {
      const count = await this.ask(isCount, (done) =>
        this.connection.sftp.read(handle, buffer, 0, length, position, done),
      );
      return buffer.subarray(0, count);
    } catch (error) {
      if (sftpStatus(error) === SFTP_STATUS.eof) {
        return buffer.subarray(0, 0);
      }
      throw error;
    }
  }

  /** The size of an open file, in bytes; infinite where the server does not tell. */
  async sizeOf(handle: Buffer): Promise<number> {
    const { size }: Partial<Stats> = await this.ask(isAttributes, (done) => this.connection.sftp.fstat(handle, done));
    return size ?? Number.POSITIVE_INFINITY;
  }

  /** Closes a handle, together with the next request or soon; that it fails is of no interest. */
  closeHandle(handle: Buffer): void {
    this.released.push(handle);
    this.closing ??= setTimeout(() => this.closeReleased(), CLOSING_MS);
  }

  private closeReleased(): void {
    clearTimeout(this.closing);
    this.closing = undefined;
    for (const handle of this.released.splice(0)) {
      this.ask(isAny, (done) => this.connection.sftp.close(handle, (error) => done(error, undefined))).catch(
        () => undefined,
      );
    }
  }

  private lost(): Error {
    return new Error(this.connection.reason() ?? "the server closed it");
  }

  /** @param isAnswer whether it is of the kind that was asked for: the library takes any for it, also a bare OK. */
  private ask<T>(isAnswer: (value: unknown) => value is T, send: (done: Callback<unknown>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const fail = (error: Error) => {
        clearTimeout(timer);
        this.waiting.delete(fail);
        if (sftpStatus(error) === undefined) {
          this.close(); // Not the server's answer: nothing can be expected of this connection any more.
        }
        reject(error);
      };
      const timer = setTimeout(() => {
        fail(new RemoteFailure("TIMEOUT_ERROR", `The server gave no answer for ${ANSWER_TIMEOUT_MS / 1000} seconds`));
      }, ANSWER_TIMEOUT_MS);
      if (!this.isOpen()) {
        fail(this.lost());
        return;
      }
      this.waiting.add(fail);
      this.connection.gather(); // ssh2 writes a packet in three parts, each of which would wake the server.
      this.closeReleased();
      send((error, value) => {
        if (error) {
          error.message = this.connection.mask(error.message);
          fail(error);
          return;
        }
        if (!isAnswer(value)) {
          fail(new Error("it answered something else than what it was asked"));
          return;
        }
        clearTimeout(timer);
        this.waiting.delete(fail);
        resolve(value);
      });
    });
  }
}
