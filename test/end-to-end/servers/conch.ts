import { pythonServer } from "./python-server";

export const CONCH = pythonServer({
  title: "Twisted Conch",
  package: "python3-twisted",
  library: "twisted/conch",
  script: "conch-server.py",
  login: "key",
  jailed: false,
});
