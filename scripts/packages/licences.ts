import { EXIT } from "../commands/exit-codes";
import { bundledInto } from "./bundled";
import { licenceProblem } from "./licence-policy";
import { licenceOf, runtimeSbom } from "./sbom-document";

/**
 * Holds the licences of all that is shipped against the policy, and prints what is not allowed.
 * @param project its folder.
 * @returns the exit code.
 */
export async function licences(project: string): Promise<number> {
  const [{ components }, bundled] = await Promise.all([runtimeSbom(project), bundledInto(project)]);
  const ids = new Set(components.map((component) => component["bom-ref"]));
  const problems = [
    ...components.map((component) => {
      const id = component["bom-ref"];
      return licenceProblem(id, licenceOf(component), bundled.has(id));
    }),
    ...[...bundled.keys()]
      .filter((id) => !ids.has(id))
      .map((id) => `${id}: is in a function's zip, and no dependency (allowed: packages among dependencies)`),
  ].filter((problem) => problem !== undefined);
  for (const problem of problems) {
    console.error(problem);
  }
  if (problems.length > 0) {
    return EXIT.failed;
  }
  console.log(
    `${components.length} packages at run time, ${bundled.size} of them in the functions' zips: all licences are allowed`,
  );
  return EXIT.ok;
}
