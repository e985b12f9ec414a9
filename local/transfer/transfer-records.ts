import { appendFileSync, closeSync, openSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { ConnectorStore, PlacedObject } from "./connector-store";

const fileRecordSchema = z.object({
  FilePath: z.string(),
  StatusCode: z.enum(["QUEUED", "IN_PROGRESS", "COMPLETED", "FAILED"]),
  FailureCode: z.string().optional(),
  FailureMessage: z.string().optional(),
});

const storedFileSchema = fileRecordSchema.extend({
  /** The object that was about to appear: whether it did, tells whether a file without an end was transferred. */
  placing: z.object({ bucket: z.string(), key: z.string(), identity: z.string() }).optional(),
});

const recordSchema = z.object({
  connectorId: z.string(),
  transferId: z.uuid(),
  files: z.array(storedFileSchema),
});

/** The new state of one file. */
const changeSchema = z.object({ index: z.int().nonnegative(), file: storedFileSchema });

/** A record's file: the transfer as a whole in one line, and a line for each change since; a whole one counts from there on. */
const lineSchema = z.union([recordSchema, changeSchema]);
type Line = z.infer<typeof lineSchema>;

/** The line break comes first, so that a line that was cut off spoils no other. */
const lineOf = (line: Line) => `\n${JSON.stringify(line)}`;

type StoredFile = z.infer<typeof storedFileSchema>;
/** The state of one file of a transfer, as ListFileTransferResults shows it. */
export type FileRecord = z.infer<typeof fileRecordSchema>;
export type TransferRecord = z.infer<typeof recordSchema>;

/** Transfer Family answers for a transfer this long. */
const RETENTION_MS = 7 * 24 * 3600 * 1000;

const isFinal = ({ StatusCode }: FileRecord) => StatusCode === "COMPLETED" || StatusCode === "FAILED";

/** A file that will not go on, because the service that worked on it is no more. */
function interrupted(file: StoredFile): StoredFile {
  return isFinal(file)
    ? file
    : {
        FilePath: file.FilePath,
        StatusCode: "FAILED",
        FailureCode: "TRANSFER_INTERRUPTED",
        FailureMessage: "The local Transfer service stopped before this file was done",
      };
}

const asAnswered = ({ placing: _, ...file }: StoredFile): FileRecord => file;

/**
 * The transfers of the last seven days: those under way in memory, and every one in a file, so that a later process can
 * answer for them. One service at a time works with the folder, so whatever is unfinished and not in memory is nobody's any
 * more: a file whose object has appeared is completed, any other is interrupted.
 */
export class TransferRecords {
  private readonly active = new Map<string, TransferRecord>();
  /** Those of which a change could not be written down: the next line tells all of them. */
  private readonly behind = new WeakSet<TransferRecord>();

  /** Open files of those of which something has begun, and which are not done: hardly more than there are connections. */
  private readonly begun = new Map<TransferRecord, number>();

  constructor(
    private readonly folder: string,
    private readonly store: Pick<ConnectorStore, "holds">,
  ) {}

  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await this.removeOld();
  }

  /** Keeps a new transfer, which from now on outlives the process. */
  add(connectorId: string, transferId: string, paths: readonly string[]): TransferRecord {
    const files = paths.map((FilePath): StoredFile => ({ FilePath, StatusCode: "QUEUED" }));
    const record: TransferRecord = { connectorId, transferId, files };
    appendFileSync(this.path(transferId), lineOf(record));
    this.active.set(transferId, record);
    return record;
  }

  /** Changes one file's state. Final states are written down; where that fails, memory keeps answering for them. */
  update(record: TransferRecord, index: number, state: Omit<FileRecord, "FilePath">): void {
    const file = record.files[index];
    if (file === undefined) {
      return;
    }
    const changed = { FilePath: file.FilePath, ...state };
    record.files[index] = changed;
    if (!isFinal(changed)) {
      return;
    }
    const isSaved = this.trySave(record, index);
    if (record.files.every(isFinal)) {
      this.closeFile(record);
      if (isSaved) {
        this.active.delete(record.transferId);
      }
    }
  }

  /** Notes the object that is about to appear: from now on a later process can tell whether it did. */
  placing(record: TransferRecord, index: number, placing: PlacedObject): void {
    const file = record.files[index];
    if (file !== undefined) {
      record.files[index] = { ...file, placing };
      this.save(record, index);
    }
  }

  /** The states of a transfer's files; `undefined` for one that is not known, or not of this connector. */
  async find(connectorId: string, transferId: string): Promise<readonly FileRecord[] | undefined> {
    const active = this.active.get(transferId);
    const record = active ?? (await this.load(transferId));
    if (record?.connectorId !== connectorId) {
      return undefined;
    }
    const files = active?.files ?? (await Promise.all(record.files.map((file) => this.asLeft(file))));
    return files.map(asAnswered);
  }

  /** Ends what is not done. */
  close(): void {
    for (const record of this.active.values()) {
      record.files = record.files.map(interrupted);
      try {
        this.write(record, record);
      } catch {
        // Its owner being gone says the same.
      }
      this.closeFile(record);
    }
    this.active.clear();
  }

  /** What became of a file whose service ended, in order or not. */
  private async asLeft(file: StoredFile): Promise<StoredFile> {
    const { FilePath, placing } = file;
    const isPlaced = !isFinal(file) && placing !== undefined && (await this.store.holds(placing));
    return isPlaced ? { FilePath, StatusCode: "COMPLETED" } : interrupted(file);
  }

  private path(transferId: string): string {
    return join(this.folder, `${transferId}.json`);
  }

  private async load(transferId: string): Promise<TransferRecord | undefined> {
    if (!z.uuid().safeParse(transferId).success) {
      return undefined; // Not one of ours, and perhaps not a file name.
    }
    try {
      return readRecord(await readFile(this.path(transferId), "utf8"));
    } catch {
      return undefined;
    }
  }

  private save(record: TransferRecord, index: number): void {
    const file = record.files[index];
    this.write(record, file === undefined || this.behind.has(record) ? record : { index, file });
  }

  private trySave(record: TransferRecord, index: number): boolean {
    try {
      this.save(record, index);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Adds a line, at once: every file that is transferred waits twice for it. The file is never replaced: a file system may write
   * one to the disk before another takes its name.
   */
  private write(record: TransferRecord, line: Line): void {
    this.behind.add(record);
    let file = this.begun.get(record);
    if (file === undefined) {
      file = openSync(this.path(record.transferId), "a");
      this.begun.set(record, file);
    }
    appendFileSync(file, lineOf(line));
    this.behind.delete(record);
  }

  private closeFile(record: TransferRecord): void {
    const file = this.begun.get(record);
    if (file !== undefined) {
      this.begun.delete(record);
      closeSync(file);
    }
  }

  private async removeOld(): Promise<void> {
    const oldest = Date.now() - RETENTION_MS;
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const info = await stat(path).catch(() => undefined);
      if (info?.isFile() && info.mtimeMs < oldest) {
        await rm(path, { force: true });
      }
    }
  }
}

/** Puts a record together from its file's lines; one that is not whole counts for nothing. */
function readRecord(text: string): TransferRecord | undefined {
  let record: TransferRecord | undefined;
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const read = parseLine(line);
    if (read !== undefined && "files" in read) {
      record = read;
    } else if (read !== undefined && record?.files[read.index] !== undefined) {
      record.files[read.index] = read.file;
    }
  }
  return record;
}

function parseLine(line: string): Line | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
