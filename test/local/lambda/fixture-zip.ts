import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { FunctionConfig } from "../../../local/lambda/function-config";

/** A folder for one test, and what it takes to make functions in it. */
export async function functionFixtures() {
  const folder = await mkdtemp(join(tmpdir(), "lambda-test-"));
  return {
    folder,
    /** Zips the source as `index.mjs`. */
    deploy: async (name: string, source: string, changes: Partial<FunctionConfig> = {}): Promise<FunctionConfig> => {
      const zipPath = join(folder, `${name}.zip`);
      await writeFile(zipPath, zipSync({ "index.mjs": strToU8(source) }));
      const arn = `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;
      const code = { zipPath, handler: "index.handler" };
      return { name, arn, ...code, environment: {}, timeoutSeconds: 30, memoryMegabytes: 128, ...changes };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
