import { expect } from "chai";
import { definition, load, RSA_KEY } from "../../support";

describe("hostKeysAreDistinct", () => {
  it("warns of a key that is given twice", async () => {
    const { definitions, problems } = await load({
      "a.json": definition({ PublicKey: [RSA_KEY, `${RSA_KEY} again`] }),
    });
    expect(problems.map(({ severity, path, message }) => `${severity} ${path} ${message}`)).to.deep.equal([
      "warning PublicKey[1] the comment after the key was removed",
      "warning PublicKey[1] is the same key as PublicKey[0]",
    ]);
    expect(definitions[0]?.trustedHostKeys).to.have.length(1);
  });
});
