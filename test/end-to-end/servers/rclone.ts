import { debianServer } from "./debian-server";
import { PASSWORD, SERVER_USER, USERNAME } from "./server-place";

const RCLONE = "/usr/bin/rclone";

const rclone = (...options: readonly string[]) =>
  debianServer({
    title: ["rclone serve sftp", ...options].join(" "),
    package: "rclone",
    files: [RCLONE],
    unavailable: undefined,
    login: "password",
    jailed: true,
    program: async ({ root, folder, hostKeyFiles }, port) => ({
      file: RCLONE,
      args: [
        ...["serve", "sftp", root, "--addr", `127.0.0.1:${port}`, "--user", USERNAME, "--pass", PASSWORD],
        ...hostKeyFiles.flatMap((file) => ["--key", file]),
        ...options,
      ],
      port,
      env: { ...process.env, HOME: folder, RCLONE_CONFIG: "/dev/null", RCLONE_CACHE_DIR: folder },
      ...SERVER_USER,
    }),
  });

/** By itself it shows for five minutes what it has seen of a folder, and no links. */
export const RCLONE_SERVERS = [rclone(), rclone("--dir-cache-time", "0", "--copy-links")];
