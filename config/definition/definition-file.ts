import type { ServerDefinition } from "../../contract/model";
import { reservedTexts } from "../fields/reserved-texts";
import { dottedPath, type Path } from "../problems/path";
import { hasErrors, type Problem } from "../problems/problem";
import type { PlacedFinding } from "../problems/zod-findings";
import { readFields } from "../tree/read-fields";
import { type Position, readYaml } from "../yaml/yaml-source";
import { type DefinitionFields, definitionSchema, EXTENSION } from "./form/definition-schema";
import { resolveDefinition } from "./resolve-definition";
import { datesHaveFiles } from "./rules/dates-have-files";
import { eventsFitParameters } from "./rules/events-fit-parameters";
import { everySyncHasASchedule } from "./rules/every-sync-has-a-schedule";
import { fieldsHaveEffect } from "./rules/fields-have-effect";
import { globsFitFolder } from "./rules/globs-fit-folder";
import { explainMissingHostKeys, hostKeysAreDistinct, hostKeysAreOfUrl } from "./rules/host-key-list";
import { fileNamesHaveRoom } from "./rules/room-for-file-names";
import { schedulesFire } from "./rules/schedules-fire";
import { syncNamesAreUnique } from "./rules/sync-names";

/** One file as far as it can be understood; rules over several files read `fields`, of which some may be wrong. */
export interface DefinitionFile {
  readonly file: string;
  /** Absent where the text holds no map of fields. */
  readonly fields?: DefinitionFields;
  /** Absent when a problem is an error. */
  readonly definition?: ServerDefinition;
  readonly problems: readonly Problem[];
  locate(path: Path, part: "key" | "value"): Position;
}

/** Reads one definition. Everything that is wrong with it comes as problems, all at once; an exception is a bug of ours. */
export function readDefinition(file: string, text: string): DefinitionFile {
  const source = readYaml(text);
  const locate = (path: Path, part: "key" | "value") => source.locate(path, part);
  const syntax = source.problems.map((problem) => ({ ...problem, file, path: "" }));
  if (source.data === undefined) {
    return { file, problems: syntax, locate };
  }

  const { fields, findings } = readFields(definitionSchema, withoutExtensions(source.data));
  const asWritten = (placed: PlacedFinding) => showAsWritten(placed, source.written(placed.path));
  const place = (finding: PlacedFinding) => placeInFile(finding, { file, locate });
  const ofRules = [
    ...reservedTexts(source.data),
    ...everySyncHasASchedule(fields),
    ...schedulesFire(fields),
    ...syncNamesAreUnique(fields),
    ...hostKeysAreDistinct(fields),
    ...hostKeysAreOfUrl(fields),
    ...globsFitFolder(fields),
    ...fieldsHaveEffect(fields),
    ...datesHaveFiles(fields),
    ...fileNamesHaveRoom(fields),
  ];
  const ofFields = explainMissingHostKeys(findings.map(asWritten), fields);
  const problems = [...syntax, ...oncePerPlace(ofFields.map(place)), ...ofRules.map(place)];
  if (hasErrors(problems)) {
    return { file, fields, problems, locate };
  }
  const definition = resolveDefinition(fields);
  const ofDefinition = eventsFitParameters(definition).map(place);
  return ofDefinition.length === 0
    ? { file, fields, definition, problems, locate }
    : { file, fields, problems: [...problems, ...ofDefinition], locate };
}

/** Of a value that YAML reads as a number or the like, the author knows only the text. */
function showAsWritten(placed: PlacedFinding, written: string | undefined): PlacedFinding {
  const { finding } = placed;
  return finding.received === undefined || written === undefined
    ? placed
    : { ...placed, finding: { ...finding, received: written } };
}

/** What a file keeps at its top for its own anchors, under keys that begin with `x-`, is no field. */
function withoutExtensions(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !EXTENSION.test(key)));
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
