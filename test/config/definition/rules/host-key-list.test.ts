import { expect } from "chai";
import { definition, load, RSA_KEY, summary } from "../../support";

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

describe("hostKeysAreOfUrl", () => {
  const problemsOf = async (key: string, Url: unknown = "sftp.example.com:2222") =>
    summary(await load({ "a.json": definition({ Url, PublicKey: [key] }) })).filter((text) =>
      text.includes("PublicKey"),
    );

  it("says that the server's own name was removed", async () => {
    expect(await problemsOf(`[sftp.example.com]:2222 ${RSA_KEY}`)).to.deep.equal([
      "warning PublicKey[0]: the host name before the key was removed",
    ]);
  });

  for (const hosts of ["[other.example.com]:2222", "sftp.example.com", "192.0.2.1,sftp.example.com"]) {
    it(`warns of a line for ${hosts}`, async () => {
      expect(await problemsOf(`${hosts} ${RSA_KEY}`)).to.deep.equal([
        `warning PublicKey[0]: is a key of ${hosts}, and not of sftp.example.com:2222, which Url names`,
      ]);
    });
  }

  it("warns of a hashed line for another host without showing it", async () => {
    expect(await problemsOf(`|1|c2FsdA==|aGFzaA== ${RSA_KEY}`)).to.deep.equal([
      "warning PublicKey[0]: is a key of a host whose name is hashed, and not of sftp.example.com:2222, which Url names",
    ]);
  });

  it("refuses a line that excepts the server", async () => {
    expect(await problemsOf(`[*]:2222,![sftp.example.com]:2222 ${RSA_KEY}`)).to.deep.equal([
      "error PublicKey[0]: is a key of [*]:2222,![sftp.example.com]:2222: the ! says that it is not one of " +
        "sftp.example.com:2222, which Url names",
    ]);
  });

  it("compares with nothing where the Url is wrong", async () => {
    expect(await problemsOf(`sftp.example.com ${RSA_KEY}`, "a b")).to.deep.equal([
      "warning PublicKey[0]: the host name before the key was removed",
    ]);
  });
});
