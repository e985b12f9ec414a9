import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "../../bench/servers/exit-on-signals";

const made: string[] = [];

/** A new empty folder; all of them are removed when the tests end. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "sync-test-"));
  made.push(folder);
  return folder;
}

process.on("exit", () => {
  for (const folder of made) {
    rmSync(folder, { recursive: true, force: true });
  }
});
