import { Session } from "node:inspector/promises";
import { expect } from "chai";
import { hasErrors } from "../../../config/problems/problem";
import { definition, ECDSA_KEY, load, RSA_KEY, sync } from "../support";

/** How often each field's parser is called meanwhile, as the engine of Node.js counts it. */
async function parserCalls(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const functions = result
      .filter(({ url }) => /\/config\/(fields|schedule)\//.test(url))
      .flatMap((script) => script.functions);
    const calls = PARSERS.map((name) => {
      const counts = functions
        .filter(({ functionName }) => functionName === name)
        .map(({ ranges }) => ranges[0]?.count ?? 0);
      return [name, counts.reduce((sum, count) => sum + count, 0)] as const;
    });
    return Object.fromEntries(calls);
  } finally {
    session.disconnect();
  }
}

const PARSERS = [
  "parseName",
  "parseUrl",
  "parseSecurityPolicyName",
  "parseHostKey",
  "parseScheduleField",
  "parseTimeZone",
  "parseBucketName",
  "parsePrefix",
  "parseKmsKeyArn",
  "parseFolder",
  "parseGlob",
];

const KEY_ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** Every field of text, with two syncs. */
function everyText(first: Record<string, unknown> = {}) {
  const one = (name: string) =>
    sync({
      Name: name,
      Schedule: "@daily",
      ScheduleTimezone: "UTC",
      LocalRepository: { BucketName: "data-lake", Prefix: name, KmsKeyArn: KEY_ARN },
      RemoteFolders: { Folder: `/${name}`, Recursive: true, Include: ["*.csv", "*.pdf"], Exclude: ["x*"] },
    });
  return definition({
    FormerName: "earlier",
    SecurityPolicyName: "TransferSFTPConnectorSecurityPolicy-2024-03",
    PublicKey: [RSA_KEY, ECDSA_KEY],
    ScheduleTimezone: "Europe/Berlin",
    SyncSettings: [{ ...one("first"), ...first }, one("second")],
  });
}

const ONCE_EACH = {
  parseName: 4,
  parseUrl: 1,
  parseSecurityPolicyName: 1,
  parseHostKey: 2,
  parseScheduleField: 3,
  parseTimeZone: 3,
  parseBucketName: 2,
  parsePrefix: 2,
  parseKmsKeyArn: 2,
  parseFolder: 2,
  parseGlob: 6,
};

describe("a definition's fields", () => {
  it("are parsed once each where the file is right", async () => {
    const calls = await parserCalls(async () => {
      const { definitions } = await load({ "a.json": everyText() });
      expect(definitions).to.have.lengthOf(1);
    });
    expect(calls).to.deep.equal(ONCE_EACH);
  });

  it("are parsed once each where others are wrong", async () => {
    const calls = await parserCalls(async () => {
      const { problems } = await load({ "a.json": everyText({ Enabled: "yes", Unknown: 1 }) });
      expect(hasErrors(problems)).to.equal(true);
    });
    expect(calls).to.deep.equal(ONCE_EACH);
  });
});
