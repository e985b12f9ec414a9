import { inParallel } from "../../config/in-parallel";
import type { FailureCause } from "../failures/failure";
import type { VerifiedFile } from "../ledger/ledger";
import type { FolderLedgers } from "../ledger/ledgers";
import type { Slice } from "../slice";
import { lookUpInTarget } from "../target/target-objects";
import type { FileItem } from "../work/items";
import type { Work } from "../work/work";
import type { EndedFile } from "./ended-file";
import { FolderResults, hasListedSize, mayBeMissing } from "./folder-results";
import type { ResultsRound } from "./transfer-results";
import { UnverifiedFiles } from "./unverified-files";

/** Each folder has its own look at S3 and its own ledger: one after the other, folders with a file each take seconds a round. */
const FOLDERS_AT_ONCE = 5;

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
  for (const batch of again) {
    const results = new FolderResults(slice, work, batch.folder, await ledgers.read(batch.folder));
    work.batches.append(results.withoutRecorded(batch));
  }
  await inParallel([...byFolder(inherited)], FOLDERS_AT_ONCE, (files) => recordInherited(slice, ledgers, files));
  const verified = await inParallel([...byFolder(ended)], FOLDERS_AT_ONCE, (files) =>
    recordFolder(slice, work, ledgers, files),
  );
  return verified.reduce((sum, count) => sum + count, 0);
}

type FilesOfFolder = readonly [folder: string, files: readonly EndedFile[]];

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

/**
 * The listing counts these files, as unchanged once the ledger knows them. Of the others the ledger remembers how they
 * ended: the earlier run has told nobody.
 */
async function recordInherited(
  slice: Slice,
  ledgers: FolderLedgers,
  [folder, inherited]: FilesOfFolder,
): Promise<void> {
  const objects = await targetObjects(slice, folder, inherited);
  const verified = new Map<string, VerifiedFile>();
  const sender = { run: "an earlier run", startedAt: slice.context.startedAt };
  const unverified = new UnverifiedFiles(await ledgers.read(folder), sender);
  for (const { file, failure } of inherited.filter((ended) => unverified.recorded(ended) === undefined)) {
    const object = objects.get(file.name);
    if (failure !== undefined) {
      noteFailure(unverified, file, failure);
    } else if (object === undefined ? mayBeMissing(slice) : hasListedSize(file, object)) {
      verified.set(file.name, { size: file.size, modified: file.modified });
    } else if (object === undefined) {
      unverified.addFailure(file, false);
    } else {
      unverified.addDoubt(file, "changed", object.size);
    }
  }
  if (verified.size + unverified.files.size > 0) {
    await ledgers.record(folder, { set: verified, unverified: unverified.files });
  }
}

function noteFailure(unverified: UnverifiedFiles, file: FileItem, { kind }: FailureCause): void {
  if (kind === "not-found") {
    unverified.addDoubt(file, "vanished");
  } else {
    unverified.addFailure(file, false);
  }
}

function targetObjects(slice: Slice, folder: string, files: readonly EndedFile[]) {
  const completed = files.filter(({ failure }) => failure === undefined).map(({ file }) => file.name);
  return lookUpInTarget(slice, folder, completed);
}

async function recordFolder(
  slice: Slice,
  work: Work,
  ledgers: FolderLedgers,
  [folder, ended]: FilesOfFolder,
): Promise<number> {
  const objects = await targetObjects(slice, folder, ended);
  const results = new FolderResults(slice, work, folder, await ledgers.read(folder));
  for (const file of ended) {
    results.take(file, objects.get(file.file.name));
  }
  results.sendAgain();
  const changes = results.ledgerChanges();
  if (changes !== undefined) {
    await ledgers.record(folder, changes);
  }
  return results.verified.size;
}
