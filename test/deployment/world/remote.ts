import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RemoteServer } from "../../end-to-end/remote-servers";

/** Writes a file below the remote server's folder. */
export async function writeRemoteFile({ root }: RemoteServer, path: string, content: string): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
