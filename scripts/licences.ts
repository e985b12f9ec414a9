import { endWith } from "./commands/end-with";
import { EXIT } from "./commands/exit-codes";
import { licences } from "./packages/licences";
import { projectArgument } from "./packages/project-argument";

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
