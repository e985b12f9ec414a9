import { synthesizeProject } from "./stacks/synthesize";

synthesizeProject({ root: __dirname, env: process.env, tell: (text) => console.error(text) }).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
