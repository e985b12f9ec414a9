import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Serial } from "../locking/serial";
import { Presence } from "./presence";

const fileRecordSchema = z.object({
  FilePath: z.string(),
  StatusCode: z.enum(["QUEUED", "IN_PROGRESS", "COMPLETED", "FAILED"]),
  FailureCode: z.string().optional(),
  FailureMessage: z.string().optional(),
});

const recordSchema = z.object({
  connectorId: z.string(),
  transferId: z.uuid(),
  /** The service that works on it. */
  owner: z.string(),
  files: z.array(fileRecordSchema),
});

/** The state of one file of a transfer, as ListFileTransferResults shows it. */
export type FileRecord = z.infer<typeof fileRecordSchema>;
export type TransferRecord = z.infer<typeof recordSchema>;

/** Transfer Family answers for a transfer this long. */
const RETENTION_MS = 7 * 24 * 3600 * 1000;

const isFinal = ({ StatusCode }: FileRecord) => StatusCode === "COMPLETED" || StatusCode === "FAILED";

/** A file that will not go on, because the service that worked on it is no more. */
function interrupted(file: FileRecord): FileRecord {
  return isFinal(file)
    ? file
    : {
        FilePath: file.FilePath,
        StatusCode: "FAILED",
        FailureCode: "TRANSFER_INTERRUPTED",
        FailureMessage: "The local Transfer service stopped before this file was done",
      };
}

/**
 * The transfers of the last seven days: those under way in memory, and every one in a file, so that a later process can
 * answer for them. Unfinished ones whose service is gone are answered as interrupted.
 */
export class TransferRecords {
  private readonly active = new Map<string, TransferRecord>();
  private readonly saves = new Serial();
  private readonly presence: Presence;

  constructor(private readonly folder: string) {
    this.presence = new Presence(join(folder, "services"));
  }

  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await this.presence.open();
    await this.removeOld();
  }

  /** Keeps a new transfer; once this resolves, it outlives the process. */
  async add(connectorId: string, transferId: string, paths: readonly string[]): Promise<TransferRecord> {
    const files = paths.map((FilePath): FileRecord => ({ FilePath, StatusCode: "QUEUED" }));
    const record: TransferRecord = { connectorId, transferId, owner: this.presence.id, files };
    await this.save(record);
    this.active.set(transferId, record);
    return record;
  }

  /** Changes one file's state. Final states are written down; where that fails, memory keeps answering for them. */
  async update(record: TransferRecord, index: number, state: Omit<FileRecord, "FilePath">): Promise<void> {
    const file = record.files[index];
    if (file === undefined) {
      return;
    }
    const changed = { FilePath: file.FilePath, ...state };
    record.files[index] = changed;
    if (!isFinal(changed)) {
      return;
    }
    if (await this.save(record).catch(() => false)) {
      this.active.delete(record.transferId);
    }
  }

  /** The states of a transfer's files; `undefined` for one that is not known, or not of this connector. */
  async find(connectorId: string, transferId: string): Promise<readonly FileRecord[] | undefined> {
    const record = this.active.get(transferId) ?? (await this.load(transferId));
    if (record?.connectorId !== connectorId) {
      return undefined;
    }
    const goesOn = this.active.has(transferId) || (await this.isWorkedOn(record));
    return goesOn ? record.files : record.files.map(interrupted);
  }

  /** Ends what is not done. */
  async close(): Promise<void> {
    for (const record of this.active.values()) {
      record.files = record.files.map(interrupted);
      await this.save(record).catch(() => undefined); // Its owner being gone says the same.
    }
    this.active.clear();
    await this.presence.close();
  }

  private async isWorkedOn(record: TransferRecord): Promise<boolean> {
    return record.owner !== this.presence.id && (await this.presence.isAlive(record.owner));
  }

  private path(transferId: string): string {
    return join(this.folder, `${transferId}.json`);
  }

  private async load(transferId: string): Promise<TransferRecord | undefined> {
    if (!z.uuid().safeParse(transferId).success) {
      return undefined; // Not one of ours, and perhaps not a file name.
    }
    try {
      return recordSchema.parse(JSON.parse(await readFile(this.path(transferId), "utf8")));
    } catch {
      return undefined;
    }
  }

  /** @returns whether what is on disk now is final: a file may have changed while an earlier state was written */
  private save(record: TransferRecord): Promise<boolean> {
    return this.saves.run(record.transferId, async () => {
      const path = this.path(record.transferId);
      const final = record.files.every(isFinal);
      await writeFile(`${path}.new`, JSON.stringify(record));
      await rename(`${path}.new`, path);
      return final;
    });
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
