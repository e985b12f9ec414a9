import { joinPath } from "../../contract/file-place";
import type { FileResult } from "../ports/services";
import type { Batch } from "../work/items";
import { warnOnce } from "../work/tally";
import type { Work } from "../work/work";
import type { MatchedResults } from "./match-results";

/** Tells of answers that are understood, or not, otherwise than the API reference has them. */
export function warnOfDialect(work: Work, batch: Batch, { byFile, byName, strange }: MatchedResults): void {
  const [named] = byName;
  const asked = batch.files.find((file) => byFile.get(file) === named);
  if (named !== undefined && asked !== undefined) {
    const example = `${quoted(named)} for ${JSON.stringify(joinPath(batch.folder, asked.name))}`;
    warnOnce(work, "The connector names transferred files otherwise than they were asked for", example);
  }
  const [stranger] = strange;
  if (stranger !== undefined) {
    const example = `${quoted(stranger)} in ${JSON.stringify(batch.folder)}`;
    warnOnce(work, "The connector tells of transferred files that were not asked for", example);
  }
  const unknown = [...byFile.values()].find(({ status }) => status === "UNKNOWN");
  if (unknown !== undefined) {
    warnOnce(work, "The connector gives transferred files a status that is not known here", quoted(unknown));
  }
}

const quoted = ({ path }: FileResult): string => JSON.stringify(path);
