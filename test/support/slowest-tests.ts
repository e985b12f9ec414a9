import { relative } from "node:path";
import { type MochaOptions, type Runner, reporters, type Test } from "mocha";

const SHOWN = 20;

interface Timed {
  readonly milliseconds: number;
  readonly title: string;
  readonly file: string;
}

/** A reporter for mocha: its usual output, and in the end the tests that took longest, without the hooks around them. */
export default class SlowestTests extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const tests: Timed[] = [];
    const note = (test: Test) => {
      const { duration: milliseconds = 0, file = "" } = test;
      tests.push({ milliseconds, title: test.fullTitle(), file: relative("", file) });
    };
    runner.on("pass", note);
    runner.on("fail", note);
    runner.once("end", () => {
      tests.sort((a, b) => b.milliseconds - a.milliseconds);
      for (const { milliseconds, title, file } of tests.slice(0, SHOWN)) {
        reporters.Base.consoleLog("%s s  %s: %s", (milliseconds / 1000).toFixed(1).padStart(6), file, title);
      }
    });
  }
}
