import { error, type Problem } from "../../problems/problem";
import { type DefinitionFile, placeInFile } from "../definition-file";

/** A server's stack and resources are named after it, so its name is unique over all files. */
export function serverNamesAreUnique(files: readonly DefinitionFile[]): Problem[] {
  const names = files.map(({ fields }) => fields?.Name.value);
  return files.flatMap((file, index) => {
    const name = names[index];
    const first = files[names.indexOf(name)];
    if (name === undefined || first === undefined || first === file) {
      return [];
    }
    const { line, column } = first.locate(["Name"], "value");
    const finding = error(`the server at ${first.file}:${line}:${column} has the name ${name} already`, {
      allowed: "a name that is unique over all files",
    });
    return [placeInFile({ path: ["Name"], part: "value", finding }, file)];
  });
}
