import { joinPath } from "../../contract/file-place";
import type { FileResult } from "../ports/services";
import type { Batch, FileItem } from "../work/items";

export interface MatchedResults {
  readonly byFile: ReadonlyMap<FileItem, FileResult>;
  /** Results that no more than the end of their path gave to a file. */
  readonly byName: readonly FileResult[];
  /** Results that name no file of the batch. */
  readonly strange: readonly FileResult[];
}

/** One way of reading a path that the service names. `undefined`: it cannot be read so. */
type Reading = (path: string) => string | undefined;

const withoutSlash: Reading = (path) => path.replace(/^\/+/, "");
const lastSegment: Reading = (path) => path.slice(path.lastIndexOf("/") + 1);

/** From the most to the least exact. The last ones lose nothing: a batch has one folder, so its names differ. */
const BY_PATH: readonly Reading[] = [(path) => path, withoutSlash];
const BY_NAME: readonly Reading[] = [lastSegment, (path) => decoded(lastSegment(path))];

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Of two results for one file, the one that says more; S3 has the last word on COMPLETED anyway. */
const WEIGHT: Readonly<Record<FileResult["status"], number>> = {
  COMPLETED: 3,
  FAILED: 2,
  IN_PROGRESS: 1,
  QUEUED: 1,
  UNKNOWN: 0,
};

/**
 * Finds the file of each result. How the service writes a file's path is documented only by example: it may lack the slash
 * in front, have the bucket before it, be encoded, or be the bare name.
 */
export function matchResults(batch: Batch, results: readonly FileResult[]): MatchedResults {
  const match = new Match(batch);
  // A reading that explains the whole answer comes first: `a%20b` may be a name, or how `a b` is written.
  const whole = [...BY_PATH, ...BY_NAME].find((reading) => match.explainsAll(reading, results));
  const readings = whole === undefined ? [...BY_PATH, ...BY_NAME] : [whole];
  const byName: FileResult[] = [];
  let left = results;
  for (const reading of readings) {
    const before = left;
    left = match.take(reading, before);
    byName.push(...(BY_NAME.includes(reading) ? before.filter((result) => !left.includes(result)) : []));
  }
  return { byFile: match.byFile, byName, strange: left };
}

/**
 * The results of files that no result names and that are not in S3: what is left of the strange ones once those are taken
 * away that the arrived files explain. `undefined`: they don't tell.
 */
export function resultsOfMissing(
  strange: readonly FileResult[],
  arrived: number,
  missing: number,
): readonly FileResult[] | undefined {
  const failed = strange.filter(({ status }) => status === "FAILED");
  const completed = strange.filter(({ status }) => status === "COMPLETED");
  const left = [...completed.slice(arrived), ...failed];
  const isOver = failed.length + completed.length === strange.length;
  const isOfOneKind = left.length === failed.length || failed.length === 0;
  return isOver && isOfOneKind && left.length === missing ? left : undefined;
}

class Match {
  readonly byFile = new Map<FileItem, FileResult>();

  constructor(private readonly batch: Batch) {}

  explainsAll(reading: Reading, results: readonly FileResult[]): boolean {
    const files = this.files(reading);
    return results.every(({ path }) => files.has(reading(path)));
  }

  /** @returns the results that this reading gives to no file, or to one that a better reading has taken. */
  take(reading: Reading, results: readonly FileResult[]): FileResult[] {
    const files = this.files(reading);
    const taken = new Set(this.byFile.keys());
    return results.filter((result) => {
      const file = files.get(reading(result.path));
      if (file === undefined || taken.has(file)) {
        return true;
      }
      const known = this.byFile.get(file);
      if (known === undefined || WEIGHT[result.status] >= WEIGHT[known.status]) {
        this.byFile.set(file, result);
      }
      return false;
    });
  }

  private files(reading: Reading): ReadonlyMap<string | undefined, FileItem> {
    return new Map(this.batch.files.map((file) => [this.asked(reading, file), file]));
  }

  /** What a file that was asked for is called under a reading; only what the service writes may be encoded. */
  private asked(reading: Reading, { name }: FileItem): string | undefined {
    return BY_NAME.includes(reading) ? name : reading(joinPath(this.batch.folder, name));
  }
}
