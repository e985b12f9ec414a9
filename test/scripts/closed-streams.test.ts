import { EventEmitter } from "node:events";
import { expect } from "chai";
import { goOnWithoutReaders, type Streams } from "../../scripts/commands/closed-streams";

describe("goOnWithoutReaders", () => {
  function streams() {
    const said: string[] = [];
    const stderr = Object.assign(new EventEmitter(), { write: (text: string) => said.push(text) });
    const watched: Streams = { stdout: new EventEmitter(), stderr };
    goOnWithoutReaders(watched);
    return { watched, said };
  }

  const failure = (code: string) => Object.assign(new Error(`${code}: write`), { code });

  it("says nothing of a reader that has gone", () => {
    const { watched, said } = streams();
    watched.stdout.emit("error", failure("EPIPE"));
    watched.stderr.emit("error", failure("EPIPE"));
    expect(said).to.deep.equal([]);
    expect(watched.exitCode).to.equal(undefined);
  });

  it("says when the result cannot be written, and fails", () => {
    const { watched, said } = streams();
    watched.stdout.emit("error", failure("ENOSPC"));
    expect(said).to.deep.equal(["Cannot write the result: ENOSPC: write\n"]);
    expect(watched.exitCode).to.equal(1);
  });
});
