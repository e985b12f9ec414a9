import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as z from "zod";
import { UserError } from "../../local/errors/user-error";

/** Megabytes of a bill of a thousand packages. */
const MAX_BYTES = 64 * 1024 * 1024;

const licenceSchema = z.object({
  license: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
  expression: z.string().optional(),
});

const componentSchema = z.looseObject({
  "bom-ref": z.string(),
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  licenses: z.array(licenceSchema).optional(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});

const dependencySchema = z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() });

const documentSchema = z.looseObject({
  serialNumber: z.string().optional(),
  metadata: z.looseObject({ timestamp: z.string().optional(), component: componentSchema }),
  components: z.array(componentSchema),
  dependencies: z.array(dependencySchema),
});

/** A package in a bill of materials. */
export type Component = z.infer<typeof componentSchema>;

/** A bill of materials in CycloneDX, as far as it is looked into; the rest is kept as it is. */
export type SbomDocument = z.infer<typeof documentSchema>;

/**
 * The bill of a project's runtime dependencies, by npm from what is installed. The same installation gives the same bill: what npm
 * makes up anew each time is left out, and the project has the name that its package.json gives it, wherever it lies.
 * @throws UserError with npm's words, where packages are missing.
 */
export async function runtimeSbom(project: string): Promise<SbomDocument> {
  const npm = promisify(execFile)("npm", ["sbom", "--sbom-format=cyclonedx", "--loglevel=error"], {
    cwd: project,
    maxBuffer: MAX_BYTES,
    shell: process.platform === "win32",
  });
  const { stdout } = await npm.catch((error: Error) => {
    throw new UserError(error.message);
  });
  const { serialNumber: _, metadata, ...rest } = documentSchema.parse(JSON.parse(stdout));
  const { timestamp: __, component, ...others } = metadata;
  const ref = component["bom-ref"];
  const named = { ...component, name: ref.slice(0, ref.lastIndexOf("@")) };
  return onlyWith({ ...rest, metadata: { ...others, component: named } }, (one) => !isForDevelopment(one));
}

/** The same bill with some of the packages. */
export function onlyWith(bill: SbomDocument, isWanted: (component: Component) => boolean): SbomDocument {
  const components = bill.components.filter(isWanted);
  const refs = new Set([bill.metadata.component, ...components].map((component) => component["bom-ref"]));
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ dependsOn = [], ...rest }) => ({ ...rest, dependsOn: dependsOn.filter((ref) => refs.has(ref)) }));
  return { ...bill, components, dependencies };
}

/** The SPDX expression of a package's licence; undefined where it declares none that npm can read. */
export function licenceOf({ licenses = [] }: Component): string | undefined {
  const names = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name);
  return names.includes(undefined) || names.length === 0 ? undefined : names.join(" AND ");
}

/** `omit` would not do: the project's .npmrc includes what is for development. */
function isForDevelopment({ properties = [] }: Component): boolean {
  return properties.some(({ name, value }) => name === "cdx:npm:package:development" && value === "true");
}
