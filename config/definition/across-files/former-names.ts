import { error, type Problem } from "../../problems/problem";
import { type DefinitionFile, placeInFile } from "../definition-file";

/** Whoever still has a name keeps its ledgers: another server cannot go on with them. */
export function formerNamesAreFree(files: readonly DefinitionFile[]): Problem[] {
  const names = files.map(({ fields }) => fields?.Name.value);
  return files.flatMap((file) => {
    const former = file.fields?.FormerName.value;
    const holder = former === undefined ? undefined : files[names.indexOf(former)];
    if (holder === undefined) {
      return [];
    }
    const { line, column } = holder.locate(["Name"], "value");
    const finding = error(`the server at ${holder.file}:${line}:${column} has the name ${former}`, {
      allowed: "the name of a server that is gone",
    });
    return [placeInFile({ path: ["FormerName"], part: "value", finding }, file)];
  });
}
