import type { Report } from "../../../engine/report";
import { UserError } from "../../../local/errors/user-error";
import type { SyncVolume } from "./estimate";

/** What somebody says of a sync's files. */
export interface SaidVolume {
  /** Files on the server that the sync takes. */
  readonly files?: number | undefined;
  /** Bytes of all of them, or of one on average. */
  readonly bytes?: number | undefined;
  readonly size?: number | undefined;
  /** Folders that a run lists; 1 by default. */
  readonly folders?: number | undefined;
  /** What of it is new or changed when a run begins. */
  readonly changed?: Changed | undefined;
}

export type Changed = { readonly files: number } | { readonly share: number };

/** @returns undefined where nothing is said. @throws UserError where what is said is no volume. */
export function saidVolume(said: SaidVolume): SyncVolume | undefined {
  const { files, bytes, size, folders = 1, changed } = said;
  if (files === undefined) {
    const alone = (["bytes", "size", "folders", "changed"] as const).find((name) => said[name] !== undefined);
    if (alone !== undefined) {
      throw new UserError(`--${alone} says nothing without --files`, { next: "add --files N" });
    }
    return undefined;
  }
  if ((bytes === undefined) === (size === undefined)) {
    const missing = bytes === undefined ? "--files needs" : "--bytes and --size cannot both be said; --files needs";
    throw new UserError(`${missing} one of --bytes, of all files, and --size, of one on average`, {
      next: "for 5,000 files of 20 MiB: --files 5000 --size 20MiB --changed 5%",
    });
  }
  if (changed === undefined) {
    throw new UserError("--files needs --changed: how much is new or changed at each run", {
      next: "add --changed 5%, or --changed 250 for so many files; --changed 0 for none",
    });
  }
  const changedFiles = "files" in changed ? changed.files : files * changed.share;
  if (changedFiles > files) {
    throw new UserError(`--changed ${changedFiles} are more than --files ${files}`, {
      next: "say fewer, or 100% at most",
    });
  }
  const all = bytes ?? files * (size ?? 0);
  return {
    first: { folders, files, bytes: all },
    each: { folders, files: changedFiles, bytes: files === 0 ? 0 : (all * changedFiles) / files },
  };
}

/** Of a sync's reports, those that say how much a run copies. */
const saysVolume = ({ dryRun, status, mode = "as-scheduled" }: Report) =>
  !dryRun && status === "SUCCEEDED" && mode === "as-scheduled";

/** Nothing was there before: not one file was as the run before it had left it. */
const isFirst = ({ files: { skipped, transferred } }: Report) =>
  transferred > 0 && (skipped.unchanged ?? 0) + (skipped["already-in-s3"] ?? 0) === 0;

/**
 * The average of a sync's last runs, as their reports tell it; a first run is none of them.
 * @param reports the latest first.
 * @returns undefined where no run that followed another has succeeded.
 */
export function reportedVolume(reports: readonly Report[]): SyncVolume | undefined {
  const telling = reports.filter(saysVolume);
  const oldest = telling.at(-1);
  const first = oldest !== undefined && isFirst(oldest) ? oldest : undefined;
  const later = telling.filter((report) => report !== first);
  if (later.length === 0) {
    return undefined;
  }
  const mean = (figure: (report: Report) => number) =>
    later.reduce((sum, report) => sum + figure(report), 0) / later.length;
  return {
    each: {
      folders: mean(({ folders }) => folders.listed),
      files: mean(({ files }) => files.transferred),
      bytes: mean(({ bytes }) => bytes),
    },
    ...(first === undefined ? {} : { first: volumeOf(first) }),
  };
}

const volumeOf = ({ folders, files, bytes }: Report) => ({
  folders: folders.listed,
  files: files.transferred,
  bytes,
});
