import { pythonServer } from "./python-server";

export const ASYNCSSH = pythonServer({
  title: "asyncssh",
  package: "python3-asyncssh",
  library: "asyncssh",
  script: "asyncssh-server.py",
  login: "password",
  jailed: true,
});
