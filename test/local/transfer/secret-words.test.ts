import { expect } from "chai";
import { maskFor } from "../../../local/transfer/secret-words";

describe("maskFor", () => {
  it("finds a password as it is, and as it is often encoded", () => {
    const mask = maskFor({ username: "u", password: 'p$ä"w+r/d' });
    for (const form of ['p$ä"w+r/d', "p%24%C3%A4%22w%2Br%2Fd", 'p$ä\\"w+r/d', "cCTDpCJ3K3IvZA", "dTpwJMOkIncrci9k"]) {
      expect(mask(`a${form}z and ${form}`), form).to.match(/^a\*{3}=*z and \*{3}=*$/);
    }
    expect(mask("p$a is another one")).to.equal("p$a is another one");
  });

  it("takes a short one out where it stands alone: in other words it would be told by what is missing", () => {
    const mask = maskFor({ username: "u", password: "in" });
    expect(mask("in the inbox: in, (in)")).to.equal("*** the inbox: ***, (***)");
  });

  it("finds the lines of a private key, and nothing where there is no secret", () => {
    const line = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ";
    const frame = "-----BEGIN OPENSSH PRIVATE KEY-----";
    const mask = maskFor({
      username: "u",
      privateKey: `${frame}\n${line}\nshort==\n-----END OPENSSH PRIVATE KEY-----\n`,
    });
    expect(mask(`${frame} ${line} short==`)).to.equal(`${frame} *** short==`);
    expect(maskFor()("u says no")).to.equal("u says no");
  });
});
