import { expect } from "chai";
import { Opened } from "../../../local/runner/opened";
import { errorOf } from "../../support/errors";

describe("Opened", () => {
  it("closes all of it, the last first, once, and throws what failed first", async () => {
    const closed: string[] = [];
    const opened = new Opened();
    for (const name of ["a", "b", "c"]) {
      opened.add({
        close: async () => {
          closed.push(name);
          if (name !== "a") {
            throw new Error(name);
          }
        },
      });
    }
    expect((await errorOf(opened.close())).message).to.equal("c");
    await opened.close();
    expect(closed).to.deep.equal(["c", "b", "a"]);
  });

  it("stays open where the work succeeds, and is closed where it fails, as which it ends", async () => {
    const closed: string[] = [];
    const opened = new Opened();
    const open = (name: string) => opened.add({ close: async () => void closed.push(name) });
    await opened.orClose(async () => open("a"));
    expect(closed).to.deep.equal([]);
    const failing = opened.orClose(async () => {
      open("b");
      throw new Error("no");
    });
    expect((await errorOf(failing)).message).to.equal("no");
    expect(closed).to.deep.equal(["b", "a"]);
  });
});
