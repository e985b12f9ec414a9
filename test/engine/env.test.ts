import { expect } from "chai";
import { readEngineEnv, readRecorderEnv } from "../../engine/env";

const ENV = {
  SERVER_NAME: "acme",
  SECRET_ARN: "arn",
  MAX_CONCURRENT_CONNECTIONS: "5",
  METRICS_NAMESPACE: "feeds",
  ENGINE_SETTINGS: "{}",
};

describe("readEngineEnv", () => {
  it("reads what the stack writes, and fills in default limits and times", () => {
    const env = readEngineEnv({ ...ENV, ENGINE_SETTINGS: '{"timeouts":{"slice":7}}' });
    expect(env).to.deep.include({
      serverName: "acme",
      secretArn: "arn",
      maxConcurrentConnections: 5,
      metricsNamespace: "feeds",
    });
    expect(env.timeouts).to.include({ slice: 7, listing: 1800 });
    expect(env.connectorLimits).to.include({ pendingFiles: 1000 });
  });

  for (const name of Object.keys(ENV)) {
    it(`names ${name} where it is missing`, () => {
      expect(() => readEngineEnv({ ...ENV, [name]: undefined })).to.throw(name);
    });
  }

  const wrong: [string, string][] = [
    ["MAX_CONCURRENT_CONNECTIONS", "6"],
    ["MAX_CONCURRENT_CONNECTIONS", ""],
    ["ENGINE_SETTINGS", "not JSON"],
    ["ENGINE_SETTINGS", '{"timeout":{}}'],
    ["SERVER_NAME", ""],
    ["METRICS_NAMESPACE", ""],
  ];
  for (const [name, value] of wrong) {
    it(`refuses ${name}=${JSON.stringify(value)}, and names it`, () => {
      expect(() => readEngineEnv({ ...ENV, [name]: value })).to.throw(name);
    });
  }
});

describe("readRecorderEnv", () => {
  it("reads the bucket, and names the variable where it is missing", () => {
    expect(readRecorderEnv({ LIST_RESULTS_BUCKET: "b" })).to.deep.equal({ listResultsBucket: "b" });
    expect(() => readRecorderEnv({})).to.throw("LIST_RESULTS_BUCKET");
  });
});
