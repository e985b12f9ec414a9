import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { endWith } from "./commands/end-with";
import { EXIT } from "./commands/exit-codes";
import { bundledInto } from "./packages/bundled";
import { projectArgument } from "./packages/project-argument";
import { type Component, onlyWith, runtimeSbom, type SbomDocument } from "./packages/sbom-document";

/** By this property a component names each zip that it is bundled into. */
const BUNDLED_INTO = "sftp-to-s3-sync:bundled-into";

/**
 * Writes two bills of materials: of what runs, and of what is in the zips.
 * @param project its folder. @param folder where they go.
 */
async function sbom(project: string, folder: string): Promise<number> {
  const [runtime, bundled] = await Promise.all([runtimeSbom(project), bundledInto(project)]);
  const marked = {
    ...runtime,
    components: runtime.components.map((component) => withZips(component, bundled.get(component["bom-ref"]) ?? [])),
  };
  await mkdir(folder, { recursive: true });
  await write(join(folder, "runtime.cdx.json"), marked);
  await write(
    join(folder, "functions.cdx.json"),
    onlyWith(marked, (component) => bundled.has(component["bom-ref"])),
  );
  return EXIT.ok;
}

function withZips(component: Component, zips: readonly string[]): Component {
  const properties = [...(component.properties ?? []), ...zips.map((value) => ({ name: BUNDLED_INTO, value }))];
  return zips.length === 0 ? component : { ...component, properties };
}

async function write(file: string, bill: SbomDocument): Promise<void> {
  await writeFile(file, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${relative(process.cwd(), file)}  ${bill.components.length} packages`);
}

const HELP = `npm run sbom [-- PROJECT]

Writes bills of materials (CycloneDX) to dist/sbom: runtime.cdx.json has what is needed at run time, functions.cdx.json what is in
the functions' zips. It needs what npm ci installs.`;

async function main(args: readonly string[]): Promise<number> {
  const project = projectArgument(args);
  if (project === undefined) {
    console.log(HELP);
    return EXIT.ok;
  }
  return sbom(project, join(project, "dist", "sbom"));
}

endWith(main(process.argv.slice(2)), "npm ci, then npm run sbom");
