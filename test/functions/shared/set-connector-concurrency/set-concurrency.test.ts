import { expect } from "chai";
import { ConcurrencyNotSet, NotYet } from "../../../../functions/shared/set-connector-concurrency/errors";
import { setConcurrency } from "../../../../functions/shared/set-connector-concurrency/set-concurrency";
import type { SftpConfig, SftpConfigService } from "../../../../functions/shared/set-connector-concurrency/sftp-config";
import { FakeClock, START } from "../../../engine/support/fake-services";
import { errorOf } from "../../../support/errors";

const SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a";
const EVENT = {
  ConnectorId: "c-0123456789abcdef0",
  MaxConcurrentConnections: 5,
  UserSecretId: SECRET,
  TrustedHostKeys: ["ecdsa-sha2-nistp256 BBBB", "ssh-rsa AAAA"],
};
const CREATED: SftpConfig = {
  UserSecretId: SECRET,
  TrustedHostKeys: ["ssh-rsa AAAA", "ecdsa-sha2-nistp256 BBBB"],
  OrderedUserSecretVersionStages: ["AWSPENDING", "AWSCURRENT"],
  MaxConcurrentConnections: 1,
};

/** A connector that takes every SftpConfig as a whole; `calls` counts reads and writes. */
class FakeSftpConfig implements SftpConfigService {
  readonly calls: string[] = [];
  readonly written: SftpConfig[] = [];
  /** Thrown by the next calls, in order; `undefined`: the call works. */
  failures: (Error | undefined)[] = [];
  /** What reading shows in its place, in order. */
  shown: SftpConfig[] = [];
  /** What the service makes of what is written. */
  keep = (config: SftpConfig): SftpConfig => config;

  constructor(private config: SftpConfig) {}

  async read(connectorId: string): Promise<SftpConfig> {
    this.called(`read ${connectorId}`);
    return this.shown.shift() ?? this.config;
  }

  async write(connectorId: string, config: SftpConfig): Promise<void> {
    this.called(`write ${connectorId}`);
    this.written.push(config);
    this.config = this.keep(config);
  }

  private called(call: string): void {
    this.calls.push(call);
    const failure = this.failures.shift();
    if (failure !== undefined) {
      throw failure;
    }
  }
}

function set(connector: FakeSftpConfig, event = EVENT) {
  const until = new Date(START.getTime() + 150_000);
  return setConcurrency(event, connector, { clock: new FakeClock(), until });
}

const READ = `read ${EVENT.ConnectorId}`;
const WRITE = `write ${EVENT.ConnectorId}`;

describe("setConcurrency", () => {
  it("sends back all that the connector has, with the value, and looks whether it is there", async () => {
    const connector = new FakeSftpConfig(CREATED);
    expect(await set(connector)).to.deep.equal({
      ConnectorId: EVENT.ConnectorId,
      MaxConcurrentConnections: 5,
      Changed: true,
    });
    expect(connector.written).to.deep.equal([{ ...CREATED, MaxConcurrentConnections: 5 }]);
    expect(connector.calls).to.deep.equal([READ, WRITE, READ]);
  });

  it("changes nothing where the connector has the value already", async () => {
    const connector = new FakeSftpConfig({ ...CREATED, MaxConcurrentConnections: 5 });
    expect(await set(connector)).to.have.property("Changed", false);
    expect(connector.calls).to.deep.equal([READ]);
  });

  it("lowers the value too", async () => {
    const connector = new FakeSftpConfig({ ...CREATED, MaxConcurrentConnections: 5 });
    expect(await set(connector, { ...EVENT, MaxConcurrentConnections: 1 })).to.have.property("Changed", true);
    expect(connector.written).to.deep.equal([CREATED]);
  });

  const stale: [string, SftpConfig][] = [
    ["host keys", { ...CREATED, TrustedHostKeys: ["ssh-rsa OLD"] }],
    ["a part of the host keys", { ...CREATED, TrustedHostKeys: ["ssh-rsa AAAA"] }],
    ["no host keys", { UserSecretId: SECRET, MaxConcurrentConnections: 1 }],
    ["a secret", { ...CREATED, UserSecretId: `${SECRET}-old` }],
  ];
  for (const [title, shown] of stale) {
    it(`never sends back ${title} from before Terraform's own update: waits until the description has it`, async () => {
      const connector = new FakeSftpConfig(CREATED);
      connector.shown = [shown, shown];
      await set(connector);
      expect(connector.calls).to.deep.equal([READ, READ, READ, WRITE, READ]);
      expect(connector.written).to.deep.equal([{ ...CREATED, MaxConcurrentConnections: 5 }]);
    });
  }

  it("waits also where the value is right but the rest is not", async () => {
    const connector = new FakeSftpConfig({ ...CREATED, MaxConcurrentConnections: 5 });
    connector.shown = [{ ...CREATED, TrustedHostKeys: ["ssh-rsa OLD"], MaxConcurrentConnections: 5 }];
    expect(await set(connector)).to.have.property("Changed", false);
    expect(connector.calls).to.deep.equal([READ, READ]);
  });

  it("sends the same again where the description follows the update late", async () => {
    const connector = new FakeSftpConfig(CREATED);
    connector.shown = [CREATED, CREATED];
    expect(await set(connector)).to.have.property("Changed", true);
    expect(connector.calls).to.deep.equal([READ, WRITE, READ, WRITE, READ]);
  });

  it("brings back what an update lost", async () => {
    const connector = new FakeSftpConfig(CREATED);
    connector.keep = ({ OrderedUserSecretVersionStages: _, ...rest }) => {
      connector.keep = (config) => config;
      return rest;
    };
    await set(connector);
    const wanted = { ...CREATED, MaxConcurrentConnections: 5 };
    expect(connector.written).to.deep.equal([wanted, wanted]);
  });

  const refused: [string, (Error | undefined)[], string[]][] = [
    ["reading", [new NotYet("new role")], [READ, READ, WRITE, READ]],
    ["writing", [undefined, new NotYet("new role")], [READ, WRITE, WRITE, READ]],
    // An update that is still being carried out is not sent again.
    ["looking again", [undefined, undefined, new NotYet("PENDING")], [READ, WRITE, READ, READ]],
  ];
  for (const [title, failures, calls] of refused) {
    it(`tries again where ${title} does not work yet`, async () => {
      const connector = new FakeSftpConfig(CREATED);
      connector.failures = failures;
      expect(await set(connector)).to.have.property("Changed", true);
      expect(connector.calls).to.deep.equal(calls);
    });
  }

  const lost: [string, (config: SftpConfig) => SftpConfig, RegExp][] = [
    [
      "the host keys",
      ({ TrustedHostKeys: _, ...rest }) => rest,
      /TrustedHostKeys is undefined instead of \["ssh-rsa AAAA","ecdsa-sha2-nistp256 BBBB"\]/,
    ],
    ["the secret", ({ UserSecretId: _, ...rest }) => rest, /UserSecretId is undefined instead of "arn:aws:secret/],
    [
      "the value",
      (config) => ({ ...config, MaxConcurrentConnections: 1 }),
      /MaxConcurrentConnections is 1 instead of 5/,
    ],
    [
      "the order of version stages",
      (config) => ({ ...config, OrderedUserSecretVersionStages: ["AWSCURRENT", "AWSPENDING"] }),
      /its OrderedUserSecretVersionStages is \["AWSCURRENT","AWSPENDING"\] instead of \["AWSPENDING","AWSCURRENT"\]/,
    ],
  ];
  for (const [title, keep, message] of lost) {
    it(`fails where ${title} did not survive the update`, async () => {
      const connector = new FakeSftpConfig(CREATED);
      connector.keep = keep;
      const error = await errorOf(set(connector));
      expect(error).to.be.instanceOf(ConcurrencyNotSet);
      expect(error.message).to.match(message);
    });
  }

  it("says what failed, at which connector, with what, and what to do", async () => {
    const connector = new FakeSftpConfig(CREATED);
    connector.failures = [Object.assign(new Error("Unknown connector"), { name: "ResourceNotFoundException" })];
    const error = await errorOf(set(connector));
    expect(error.name).to.equal("ConcurrencyNotSet");
    expect(error.message).to.equal(
      "The connector c-0123456789abcdef0 was not given MaxConcurrentConnections 5: " +
        "ResourceNotFoundException: Unknown connector. " +
        "Set right what is wrong there, then apply the server's stack again.",
    );
    expect(connector.calls).to.deep.equal([READ]);
  });

  it("says of a failure that would not pass that it was waited for", async () => {
    const connector = new FakeSftpConfig(CREATED);
    connector.failures = Array.from({ length: 1000 }, () => new NotYet("AccessDeniedException: not authorized"));
    const error = await errorOf(set(connector));
    expect(error.message).to.include("AccessDeniedException: not authorized (until the function's time was over)");
    expect(connector.written).to.deep.equal([]);
  });
});
