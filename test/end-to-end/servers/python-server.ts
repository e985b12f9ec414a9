import { join } from "node:path";
import { type DebianServer, debianServer } from "./debian-server";
import { PASSWORD, SERVER_USER, USERNAME } from "./server-place";

/** Debian's own, which has Debian's packages. */
const PYTHON = "/usr/bin/python3";
const PACKAGES = "/usr/lib/python3/dist-packages";

interface PythonServerProps extends Pick<DebianServer, "title" | "login" | "jailed"> {
  readonly package: string;
  /** The library's folder among Python's packages. */
  readonly library: string;
  /** Beside this file; takes its settings as a JSON object in its one argument. */
  readonly script: string;
}

/** A library's SFTP server, in a program of a few lines. */
export const pythonServer = ({ library, script, ...server }: PythonServerProps): DebianServer =>
  debianServer({
    ...server,
    files: [PYTHON, join(PACKAGES, library)],
    unavailable: undefined,
    program: async ({ root, hostKeyFiles, clientKey }, port) => ({
      file: PYTHON,
      args: [
        join(__dirname, script),
        JSON.stringify({
          root,
          port,
          hostKeyFiles,
          clientKey: clientKey.public,
          username: USERNAME,
          password: PASSWORD,
        }),
      ],
      port,
      ...SERVER_USER,
    }),
  });
