import { pythonServer } from "./python-server";

export const PARAMIKO = pythonServer({
  title: "paramiko",
  package: "python3-paramiko",
  library: "paramiko",
  script: "paramiko-server.py",
  login: "password",
  jailed: true,
});
