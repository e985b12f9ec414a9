import { expect } from "chai";
import { concurrencyEventSchema } from "../../contract/concurrency-event";

const EVENT = {
  ConnectorId: "c-0123456789abcdef0",
  MaxConcurrentConnections: 5,
  UserSecretId: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a",
  TrustedHostKeys: ["ssh-rsa AAAA"],
};

describe("concurrencyEventSchema", () => {
  for (const MaxConcurrentConnections of [1, 5]) {
    it(`takes ${MaxConcurrentConnections} connections`, () => {
      const event = { ...EVENT, MaxConcurrentConnections };
      expect(concurrencyEventSchema.parse(event)).to.deep.equal(event);
    });
  }

  const wrong: [string, Record<string, unknown>][] = [
    ["MaxConcurrentConnections", { MaxConcurrentConnections: 0 }],
    ["MaxConcurrentConnections", { MaxConcurrentConnections: 6 }],
    ["MaxConcurrentConnections", { MaxConcurrentConnections: 1.5 }],
    ["MaxConcurrentConnections", { MaxConcurrentConnections: "5" }],
    ["MaxConcurrentConnections", { MaxConcurrentConnections: undefined }],
    ["ConnectorId", { ConnectorId: "c-1" }],
    ["ConnectorId", { ConnectorId: undefined }],
    ["UserSecretId", { UserSecretId: "" }],
    ["TrustedHostKeys", { TrustedHostKeys: [] }],
    ["TrustedHostKeys", { TrustedHostKeys: Array.from({ length: 11 }, () => "ssh-rsa AAAA") }],
    ["Other", { Other: 1 }],
  ];
  for (const [name, change] of wrong) {
    it(`refuses ${JSON.stringify(change)}, and names ${name}`, () => {
      const { error } = concurrencyEventSchema.safeParse({ ...EVENT, ...change });
      expect(error?.issues).to.have.lengthOf(1);
      expect(JSON.stringify(error?.issues)).to.include(name);
    });
  }
});
