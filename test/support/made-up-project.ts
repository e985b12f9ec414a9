import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempFolder } from "./temp-folder";

export interface MadeUpPackage {
  readonly name: string;
  /** Of its package.json, beside name and version. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Beside package.json and index.js, which exports `answer` and `unused`. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface MadeUpProject {
  readonly dependencies?: readonly MadeUpPackage[];
  readonly devDependencies?: readonly MadeUpPackage[];
  /** The one function's handler, in TypeScript. */
  readonly handler: string;
}

/** A project with packages that nobody has published, as they are installed. @returns its folder. */
export function makeUpProject({ dependencies = [], devDependencies = [], handler }: MadeUpProject): string {
  const project = tempFolder();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  const versions = (packages: readonly MadeUpPackage[]) =>
    Object.fromEntries(packages.map(({ name }) => [name, "1.0.0"]));
  write(
    "package.json",
    JSON.stringify({
      name: "made-up",
      version: "1.0.0",
      dependencies: versions(dependencies),
      devDependencies: versions(devDependencies),
    }),
  );
  write("functions/all/one/handler.ts", handler);
  for (const { name, fields, files = {} } of [...dependencies, ...devDependencies]) {
    write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: "1.0.0", type: "module", sideEffects: false, ...fields }),
    );
    write(`node_modules/${name}/index.js`, `export const answer = () => "${name}"; export const unused = 1;`);
    for (const [file, text] of Object.entries(files)) {
      write(`node_modules/${name}/${file}`, text);
    }
  }
  return project;
}
