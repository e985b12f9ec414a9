import { batchesOf } from "../shared/batches";
import type { FolderLedgers, LedgerEntry } from "../shared/ledger";
import { joinPath, objectKey } from "../shared/remote-path";
import type { Slice } from "../shared/run-slice";
import type { ObjectSummary } from "../shared/services";
import { countSkipped, recordFileFailure } from "../shared/tally";
import { lookUpObjects } from "../shared/target-objects";
import { failureKind } from "../shared/transfer-failure";
import type { FileItem } from "../shared/work/items";
import type { Work } from "../shared/work/work";
import type { EndedFile, ResultsRound } from "./transfer-results";

/** How often a file is sent in one run before it counts as failed; the next run tries it afresh. */
const MAX_ATTEMPTS = 3;

/**
 * Holds what the service calls completed against S3, records in the ledger what is there in the listed size, sends again
 * what may work next time, and reports the rest.
 * @returns how many files were verified.
 */
export async function recordResults(
  slice: Slice,
  work: Work,
  ledgers: FolderLedgers,
  { ended, again }: ResultsRound,
): Promise<number> {
  work.batches.append(again);
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

async function recordFolder(
  { services, context }: Slice,
  work: Work,
  ledgers: FolderLedgers,
  folder: string,
  ended: readonly EndedFile[],
): Promise<number> {
  const { BucketName, Prefix } = context.sync.LocalRepository;
  const completed = ended.filter(({ result }) => result.status === "COMPLETED").map(({ file }) => file.name);
  const directory = objectKey(Prefix, joinPath(folder, ""));
  const objects = await lookUpObjects(services.objects, BucketName, directory, completed);
  const verified = new Map<string, LedgerEntry>();
  const retries = new Retries(work, folder);
  for (const file of ended) {
    if (file.result.status === "FAILED") {
      takeFailure(work, retries, file);
    } else {
      takeCompleted(work, retries, file, objects.get(file.file.name), verified);
    }
  }
  retries.append();
  if (verified.size > 0) {
    await ledgers.record(folder, { set: verified });
  }
  return verified.size;
}

function takeCompleted(
  work: Work,
  retries: Retries,
  ended: EndedFile,
  object: ObjectSummary | undefined,
  verified: Map<string, LedgerEntry>,
): void {
  const { counters } = work.root;
  const { name, size, modified } = ended.file;
  if (object === undefined) {
    retries.add(ended, "the transfer was reported as completed, but the object is not in S3");
  } else if (size !== undefined && object.size !== size) {
    countSkipped(counters, "changed-during-transfer");
  } else {
    counters.transferred += 1;
    counters.bytes += object.size;
    verified.set(name, { size, modified });
  }
}

function takeFailure(work: Work, retries: Retries, ended: EndedFile): void {
  const { failureCode, failureMessage, path } = ended.result;
  const detail = [failureCode, failureMessage].filter((part) => part !== undefined).join(": ");
  const kind = failureKind(ended.result);
  if (kind === "vanished") {
    countSkipped(work.root.counters, "vanished");
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
