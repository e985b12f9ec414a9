import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import type { ServerProgram } from "../../../bench/servers/server-process";
import type { ServerPlace } from "./server-place";

/** An SFTP server from a package of Debian. */
export interface DebianServer {
  readonly title: string;
  /** Why it cannot be started here. */
  readonly unavailable: string | undefined;
  readonly login: "password" | "key";
  /** Whether its users see the served folder alone, as `/`. */
  readonly jailed: boolean;
  /** As Debian counts it. */
  version(): string;
  /** What is to be started, to listen at a port of 127.0.0.1; writes its settings into the place's folder before. */
  program(place: ServerPlace, port: number): Promise<ServerProgram>;
}

interface Props extends Omit<DebianServer, "version"> {
  /** The package that the version is of. */
  readonly package: string;
  /** What has to be there, of the package and of those that it is used with. */
  readonly files: readonly string[];
}

export function debianServer({ package: name, files, ...server }: Props): DebianServer {
  const missing = files.find((file) => !existsSync(file));
  return {
    ...server,
    unavailable: missing === undefined ? server.unavailable : `there is no ${missing}`,
    version: () => installedVersion(name),
  };
}

function installedVersion(name: string): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's form of a format
  const { status, stdout } = spawnSync("dpkg-query", ["-W", "-f", "${Version}", name], { encoding: "utf8" });
  return status === 0 ? stdout : "not of a package";
}
