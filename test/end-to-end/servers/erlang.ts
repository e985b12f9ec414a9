import { join } from "node:path";
import { debianServer } from "./debian-server";
import { PASSWORD, SERVER_USER, USERNAME } from "./server-place";

const ESCRIPT = "/usr/bin/escript";

export const ERLANG_SSH = debianServer({
  title: "Erlang ssh",
  package: "erlang-ssh",
  // Its own folder bears its version.
  files: [ESCRIPT, "/usr/share/doc/erlang-ssh"],
  unavailable: undefined,
  login: "password",
  jailed: true,
  program: async ({ root, folder }, port) => ({
    file: ESCRIPT,
    args: [join(__dirname, "erlang-server.escript"), String(port), root, folder, USERNAME, PASSWORD],
    port,
    // File names are bytes, as where the locale is C.
    env: { ...process.env, HOME: folder, ERL_FLAGS: "+fnl" },
    ...SERVER_USER,
  }),
});
