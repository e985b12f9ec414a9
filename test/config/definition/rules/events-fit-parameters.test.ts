import { expect } from "chai";
import { MAX_PARAMETER_BYTES, parameterValue } from "../../../../contract/parameter-value";
import { byHandEvent } from "../../../../contract/run-event";
import { definition, load, summary, sync } from "../../support";

const withGlobs = (...globs: readonly string[]) =>
  load({
    "a.json": definition({
      SyncSettings: [sync(), sync({ Name: "b", RemoteFolders: { Folder: "/b", Recursive: false, Include: globs } })],
    }),
  });

const target = { connectorId: `c-${"0".repeat(17)}`, listResultsBucketName: "b".repeat(63) };

/** Bytes that the second sync's parameter has left. */
async function room(): Promise<number> {
  const { definitions } = await withGlobs("x");
  const [server] = definitions;
  const second = server?.syncs[1];
  if (server === undefined || second === undefined) {
    throw new Error(`no second sync in ${JSON.stringify(definitions)}`);
  }
  return MAX_PARAMETER_BYTES - Buffer.byteLength(parameterValue(byHandEvent(server, second, target)));
}

describe("eventsFitParameters", () => {
  it("has nothing to say about globs that just fit", async () => {
    const { definitions, problems } = await withGlobs("x".repeat((await room()) + 1));
    expect(problems).to.deep.equal([]);
    expect(definitions).to.have.lengthOf(1);
  });

  it("refuses globs that do not, where the definition has them", async () => {
    const result = await withGlobs("x".repeat((await room()) + 2));
    expect(result.definitions).to.deep.equal([]);
    expect(summary(result)).to.deep.equal([
      "error SyncSettings[1].RemoteFolders: makes the sync too long for the SSM parameter that holds its event",
    ]);
    expect(result.problems[0]).to.include({ received: "8193 bytes in all" });
  });

  it("counts bytes, and braces as they are written there", async () => {
    const left = await room();
    expect(summary(await withGlobs("é".repeat(left / 2 + 2)))).to.have.lengthOf(1);
    expect(summary(await withGlobs(`{{a,b},${"x".repeat(left - 8)}}`))).to.have.lengthOf(1);
  });
});
