import { writeFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { ConnectorStore, PlacedObject } from "./connector-store";
import { GrowingFiles } from "./growing-files";

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

/** The first line of a record's file; all of it, in one of an earlier version. */
const recordSchema = z.object({
  connectorId: z.string(),
  transferId: z.uuid(),
  files: z.array(storedFileSchema),
});

/** Each further line: what became of one file. The last one of a file holds. */
const changeSchema = z.object({ index: z.int().nonnegative(), file: storedFileSchema });

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
  private readonly files = new GrowingFiles();
  /** Of these a file's state could not be written down. */
  private readonly unsaved = new WeakSet<TransferRecord>();

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
    writeFileSync(this.path(transferId), JSON.stringify(record));
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
    this.trySave(record, index);
    if (record.files.every(isFinal)) {
      this.files.close(this.path(record.transferId));
      if (!this.unsaved.has(record)) {
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
      for (const [index, file] of record.files.entries()) {
        if (!isFinal(file)) {
          record.files[index] = interrupted(file);
          this.trySave(record, index); // Otherwise its owner being gone says the same.
        }
      }
    }
    this.active.clear();
    this.files.closeAll();
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
    const text = await readFile(this.path(transferId), "utf8").catch(() => "");
    const [first, ...changes] = text.split("\n").map(parsed);
    const record = recordSchema.safeParse(first).data;
    for (const { index, file } of changes.flatMap((line) => changeSchema.safeParse(line).data ?? [])) {
      if (record !== undefined && index < record.files.length) {
        record.files[index] = file;
      }
    }
    return record;
  }

  /**
   * Every file that is transferred waits twice for this, so it only adds a line: to replace a file makes some file systems write it
   * to the disk there and then. The line break comes first: a line that was cut by a full disk spoils no other.
   */
  private save(record: TransferRecord, index: number): void {
    this.files.append(this.path(record.transferId), `\n${JSON.stringify({ index, file: record.files[index] })}`);
  }

  private trySave(record: TransferRecord, index: number): void {
    try {
      this.save(record, index);
    } catch {
      this.unsaved.add(record);
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

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
