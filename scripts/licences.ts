import { endWith } from "./commands/end-with";
import { EXIT } from "./commands/exit-codes";
import { bundledInto } from "./packages/bundled";
import { licenceProblem } from "./packages/licence-policy";
import { projectArgument } from "./packages/project-argument";
import { licenceOf, runtimeSbom } from "./packages/sbom-document";

/** Holds the licences of all that is shipped against the policy. @param project its folder. */
async function licences(project: string): Promise<number> {
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

const HELP = `npm run licences [-- PROJECT]

Holds the licences of all packages that are shipped, or needed at run time, against the list of those that are allowed
(scripts/packages/licence-policy.ts). It needs what npm ci installs.
Exit code: 0 all are allowed; 1 some are not, one a line; 2 wrong usage.`;

async function main(args: readonly string[]): Promise<number> {
  const project = projectArgument(args);
  if (project === undefined) {
    console.log(HELP);
    return EXIT.ok;
  }
  return licences(project);
}

endWith(main(process.argv.slice(2)), "npm ci, then npm run licences");
