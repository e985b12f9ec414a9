import type { ServerDefinition } from "../../contract/model";
import { dottedPath, type Path } from "../problems/path";
import { hasErrors, type Problem } from "../problems/problem";
import { fieldFindings } from "../problems/schema-fields";
import { type PlacedFinding, zodFindings } from "../problems/zod-findings";
import { type Position, readYaml } from "../yaml/yaml-source";
import { definitionSchema } from "./definition-schema";
import { normaliseDefinition } from "./normalise";
import { eventsFitParameters } from "./rules/events-fit-parameters";
import { everySyncHasASchedule } from "./rules/every-sync-has-a-schedule";
import { explainMissingHostKeys, hostKeysAreDistinct } from "./rules/host-key-list";
import { fileNamesHaveRoom } from "./rules/room-for-file-names";
import { schedulesFire } from "./rules/schedules-fire";
import { syncNamesAreUnique } from "./rules/sync-names";

/** One file as far as it can be understood; rules over several files read `data`, which may be partly wrong. */
export interface DefinitionFile {
  readonly file: string;
  readonly data?: Record<string, unknown>;
  /** Absent when a problem is an error. */
  readonly definition?: ServerDefinition;
  readonly problems: readonly Problem[];
  locate(path: Path, part: "key" | "value"): Position;
}

/** Reads one definition. Everything that is wrong with it comes as problems, all at once; nothing is thrown. */
export function readDefinition(file: string, text: string): DefinitionFile {
  const source = readYaml(text);
  const { data } = source;
  const locate = (path: Path, part: "key" | "value") => source.locate(path, part);
  const syntax = source.problems.map((problem) => ({ ...problem, file, path: "" }));
  if (data === undefined) {
    return { file, problems: syntax, locate };
  }

  const result = definitionSchema.safeParse(data);
  const shape = result.success ? [] : zodFindings(result.error.issues, definitionSchema, data);
  const place = (finding: PlacedFinding) => placeInFile(finding, { file, locate });
  const ofFields = [...explainMissingHostKeys(shape, data), ...fieldFindings(definitionSchema, data)];
  const ofRules = [
    ...everySyncHasASchedule(data),
    ...schedulesFire(data),
    ...syncNamesAreUnique(data),
    ...hostKeysAreDistinct(data),
    ...fileNamesHaveRoom(data),
  ];
  const problems = [...syntax, ...oncePerPlace(ofFields.map(place)), ...ofRules.map(place)];
  if (!result.success || hasErrors(problems)) {
    return { file, data, problems, locate };
  }
  const definition = normaliseDefinition(result.data);
  const ofDefinition = eventsFitParameters(definition).map(place);
  return ofDefinition.length === 0
    ? { file, data, definition, problems, locate }
    : { file, data, problems: [...problems, ...ofDefinition], locate };
}

/** A field under an anchor is read again at each alias of it, and is put right in one place. */
function oncePerPlace(problems: readonly Problem[]): Problem[] {
  const keyOf = (problem: Problem) => JSON.stringify({ ...problem, path: problem.path.replace(/^.*\./, "") });
  return [...new Map([...problems].reverse().map((problem) => [keyOf(problem), problem])).values()].reverse();
}

/** A finding in the data as a problem of the file, by line and column. */
export function placeInFile(
  { path, part, finding }: PlacedFinding,
  { file, locate }: Pick<DefinitionFile, "file" | "locate">,
): Problem {
  return { ...finding, file, ...locate(path, part), path: dottedPath(path) };
}
