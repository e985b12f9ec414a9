import { joinPath, objectKey } from "../../config/fields/file-place";
import { batchesOf, MAX_ATTEMPTS } from "../shared/batches";
import type { FolderLedgers, LedgerEntry } from "../shared/ledger";
import type { Slice } from "../shared/run-slice";
import type { ObjectSummary } from "../shared/services";
import { countSkipped, recordFileFailure } from "../shared/tally";
import { lookUpObjects } from "../shared/target-objects";
import { failureKind } from "../shared/transfer-failure";
import type { FileItem } from "../shared/work/items";
import type { Work } from "../shared/work/work";
import type { EndedFile } from "./ended-file";
import type { ResultsRound } from "./transfer-results";
import { UnconfirmedFiles } from "./unconfirmed-files";

/**
 * Holds what the service calls completed against S3, records in the ledger what is there in the listed size, sends again
 * what may work next time, and reports the rest.
 * @returns how many files were verified.
 */
export async function recordResults(
  slice: Slice,
  work: Work,
  ledgers: FolderLedgers,
  { ended, inherited, again }: ResultsRound,
): Promise<number> {
  work.batches.append(again);
  for (const [folder, files] of byFolder(inherited)) {
    await recordInherited(slice, ledgers, folder, files);
  }
  let verified = 0;
  for (const [folder, files] of byFolder(ended)) {
    verified += await recordFolder(slice, work, ledgers, folder, files);
  }
  return verified;
}

function byFolder(ended: readonly EndedFile[]): Map<string, EndedFile[]> {
  const folders = new Map<string, EndedFile[]>();
  for (const file of ended) {
    const files = folders.get(file.folder);
    if (files === undefined) {
      folders.set(file.folder, [file]);
    } else {
      files.push(file);
    }
  }
  return folders;
}

/** The listing counts these files, as unchanged once the ledger knows them. */
async function recordInherited(
  slice: Slice,
  ledgers: FolderLedgers,
  folder: string,
  inherited: readonly EndedFile[],
): Promise<void> {
  const objects = await targetObjects(slice, folder, inherited);
  const verified = new Map<string, LedgerEntry>();
  for (const { file } of inherited) {
    const object = objects.get(file.name);
    if (object === undefined ? mayBeMissing(slice) : hasListedSize(file, object)) {
      verified.set(file.name, { size: file.size, modified: file.modified });
    }
  }
  if (verified.size > 0) {
    await ledgers.record(folder, { set: verified });
  }
}

function targetObjects({ services, context }: Slice, folder: string, files: readonly EndedFile[]) {
  const { BucketName, Prefix } = context.sync.LocalRepository;
  const completed = files.filter(({ result }) => result.status === "COMPLETED").map(({ file }) => file.name);
  return lookUpObjects(services.objects, BucketName, objectKey(Prefix, joinPath(folder, "")), completed);
}

function mayBeMissing({ context }: Slice): boolean {
  return context.sync.MissingObject === "accept";
}

function hasListedSize({ size }: FileItem, object: ObjectSummary): boolean {
  return size === undefined || object.size === size;
}

async function recordFolder(
  slice: Slice,
  work: Work,
  ledgers: FolderLedgers,
  folder: string,
  ended: readonly EndedFile[],
): Promise<number> {
  const objects = await targetObjects(slice, folder, ended);
  const verified = new Map<string, LedgerEntry>();
  const unconfirmed = new UnconfirmedFiles(work, await ledgers.read(folder));
  const retries = new Retries(work, folder);
  for (const file of ended) {
    if (file.result.status === "FAILED") {
      takeFailure(work, retries, unconfirmed, file);
    } else {
      takeCompleted(slice, work, file, objects.get(file.file.name), verified, unconfirmed);
    }
  }
  retries.append();
  if (verified.size > 0 || unconfirmed.files.size > 0) {
    await ledgers.record(folder, { set: verified, unconfirmed: unconfirmed.files });
  }
  return verified.size;
}

const NOT_IN_S3 =
  "the connector calls the transfer completed, but the object is not in S3. If a consumer takes objects away at once, say so by MissingObject: accept";

function takeCompleted(
  slice: Slice,
  work: Work,
  ended: EndedFile,
  object: ObjectSummary | undefined,
  verified: Map<string, LedgerEntry>,
  unconfirmed: UnconfirmedFiles,
): void {
  const { counters } = work.root;
  const { file, result } = ended;
  const { name, size, modified } = file;
  if (object === undefined && !mayBeMissing(slice)) {
    // Not sent again in this run: S3 shows what it has at once, and a consumer would only get the file once more.
    recordFileFailure(work, result.path, NOT_IN_S3);
  } else if (object === undefined) {
    countSkipped(counters, "removed-from-s3");
    verified.set(name, { size, modified });
  } else if (!hasListedSize(file, object)) {
    unconfirmed.take(ended, "changed-during-transfer", `the object has ${object.size} bytes instead of ${size}`);
  } else {
    counters.transferred += 1;
    counters.bytes += object.size;
    verified.set(name, { size, modified });
  }
}

function takeFailure(work: Work, retries: Retries, unconfirmed: UnconfirmedFiles, ended: EndedFile): void {
  const { failureCode, failureMessage, path } = ended.result;
  const detail = [failureCode, failureMessage].filter((part) => part !== undefined).join(": ");
  const kind = ended.rejected ? "permanent" : failureKind(ended.result);
  if (kind === "vanished") {
    unconfirmed.take(ended, "vanished", detail);
  } else if (kind === "permanent") {
    recordFileFailure(work, path, detail);
  } else {
    retries.add(ended, detail);
  }
}

/** Files of one folder that are sent again, in full batches per attempt; a file tried too often fails. */
class Retries {
  private readonly files = new Map<number, FileItem[]>();

  constructor(
    private readonly work: Work,
    private readonly folder: string,
  ) {}

  add({ attempt, file, result }: EndedFile, detail: string): void {
    const next = attempt + 1;
    if (next >= MAX_ATTEMPTS) {
      recordFileFailure(this.work, result.path, detail);
    } else {
      this.files.set(next, [...(this.files.get(next) ?? []), file]);
    }
  }

  append(): void {
    for (const [attempt, files] of this.files) {
      this.work.batches.append(batchesOf(this.folder, files, attempt));
    }
  }
}
