import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { CONTEXT, type Project } from "./project";

/**
 * Makes a copy of this project whose commands work on a variant of what is deployed.
 * @param name of the variant.
 * @param context settings that differ from the project's, as the variant has them.
 * @returns the folder.
 */
export function scriptsFor(project: Project, name: string, context: object): string {
  const folder = join(project.folder, `${name}.scripts`);
  copyProject(folder, EVERY_COMMAND);
  const file = join(folder, "cdktf.json");
  const settings = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...settings, context: { ...CONTEXT, ...context } }));
  symlinkSync(join(project.folder, name), join(folder, "cdktf.out"));
  return folder;
}
