import { expect } from "chai";
import { type HostileServer, startHostileServer } from "../../support/hostile-server";
import { type LocalTransfer, startTransfer } from "./local-transfer";

const UNTRUSTED =
  /^(The connection was lost: )?Host key verification failed: \S+ shows \S+ SHA256:\S+, which is not a trusted/;

describe("a connector at a server that shows another host key", () => {
  let server: HostileServer;
  let transfer: LocalTransfer;

  beforeEach(async () => {
    server = await startHostileServer((path) => (path === "/in" ? [{ name: "a.csv", content: "alpha" }] : undefined));
    const { url, hostPublicKeys: trustedHostKeys, credentials } = server;
    transfer = await startTransfer({ connector: { url, trustedHostKeys }, credentials });
    expect(await transfer.list("/in"))
      .to.have.property("files")
      .with.lengthOf(1);
  });
  afterEach(async () => {
    await transfer.close();
    await server.close();
  });

  it("when it connects again, sends nothing more there, and says which key it was", async () => {
    server.changeHostKeys();
    server.disconnectClients();
    const [result] = await transfer.retrieve(["/in/a.csv"]);
    expect(result).to.include({ StatusCode: "FAILED", FailureCode: "CONNECTION_ERROR" });
    expect(result?.FailureMessage).to.match(UNTRUSTED);
    expect(await transfer.list("/in"))
      .to.have.nested.property("detail.failure-message")
      .that.matches(UNTRUSTED);
  });

  it("when keys are exchanged again on an open connection, gives that up", async () => {
    server.changeHostKeys();
    server.rekeyWithAnother();
    const [result] = await transfer.retrieve(["/in/a.csv"]);
    expect(result).to.include({ StatusCode: "FAILED", FailureCode: "CONNECTION_ERROR" });
    expect(result?.FailureMessage).to.match(UNTRUSTED);
  });

  it("goes on over a connection whose keys are exchanged again by the same host key", async () => {
    server.rekey();
    const [result] = await transfer.retrieve(["/in/a.csv"]);
    expect(result).to.have.property("StatusCode", "COMPLETED");
  });
});
