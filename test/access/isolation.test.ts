import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { LOCAL_ACCOUNT } from "../../local/deployment/account";
import { type Answer, accessTables, answersOn, answersOnShared, OTHER_ACCOUNT } from "./table";
import { ADMINISTRATOR, type Principal, SERVERS, TwoServers } from "./two-servers";

const FILE = join(__dirname, "..", "..", "docs", "security.md");
const SECTION = /(?<=<!-- access: begin -->\n\n).*?(?=\n\n<!-- access: end -->)/s;

/** Who acts for one server alone. */
const OF_SERVERS = ["functions", "connector", "state machine", "schedules"];

const allowed = (answers: readonly Answer[], who: readonly string[]): string[] =>
  answers.filter((one) => one.isAllowed && who.includes(one.who)).map((one) => `${one.who}: ${one.verb} ${one.what}`);

/** What changes an object (Service Authorization Reference, Amazon S3), and one that is only made up. */
const CHANGES = [
  "s3:AbortMultipartUpload",
  "s3:BypassGovernanceRetention",
  "s3:DeleteObject",
  "s3:DeleteObjectTagging",
  "s3:DeleteObjectVersion",
  "s3:DeleteObjectVersionTagging",
  "s3:ObjectOwnerOverrideToBucketOwner",
  "s3:PutObject",
  "s3:PutObjectAcl",
  "s3:PutObjectLegalHold",
  "s3:PutObjectRetention",
  "s3:PutObjectTagging",
  "s3:PutObjectVersionAcl",
  "s3:PutObjectVersionTagging",
  "s3:ReplicateDelete",
  "s3:ReplicateObject",
  "s3:ReplicateTags",
  "s3:RestoreObject",
  "s3:UpdateObjectEncryption",
  "s3:SomethingThatComesLater",
] as const;

describe("who may do what", () => {
  const [first, second] = SERVERS;
  let two: TwoServers;

  before(async () => {
    two = await TwoServers.deploy();
  });

  it("is what docs/security.md says", () => {
    const text = readFileSync(FILE, "utf8");
    if (process.env.UPDATE_SNAPSHOTS === "1") {
      writeFileSync(
        FILE,
        text.replace(SECTION, () => accessTables(two)),
      );
    }
    expect(SECTION.exec(readFileSync(FILE, "utf8"))?.[0]).to.equal(accessTables(two));
  });

  it("is the same for every server", () => {
    expect(answersOn(two, second, second)).to.deep.equal(answersOn(two, first, first));
    expect(answersOn(two, second, first)).to.deep.equal(answersOn(two, first, second));
    expect(answersOnShared(two, second)).to.deep.equal(answersOnShared(two, first));
  });

  it("keeps each server's roles from all that is another's", () => {
    for (const [own, other] of [SERVERS, [second, first]] as const) {
      expect(allowed(answersOn(two, own, own), OF_SERVERS)).not.to.be.empty;
      expect(allowed(answersOn(two, own, other), OF_SERVERS)).to.deep.equal([]);
    }
  });

  it("lets nobody but a server's functions write its ledgers and locks", () => {
    const writers = answersOn(two, first, first).filter(
      ({ what, verb, isAllowed }) => ["ledgers", "locks"].includes(what) && verb !== "read" && isAllowed,
    );
    expect([...new Set(writers.map(({ who }) => who))]).to.deep.equal(["functions"]);
  });

  it("lets nobody but its connector read a server's credentials", () => {
    const readers = answersOn(two, first, first).filter(
      ({ verb, isAllowed }) => verb === "read the value" && isAllowed,
    );
    expect(readers.map(({ who }) => who)).to.deep.equal(["connector"]);
  });

  describe("a target's bucket", () => {
    const ON_BUCKET = ["s3:GetBucketLocation", "s3:ListBucket"];
    const ON_OBJECT = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"];

    /** What a server's roles may do to its target, if the target's bucket belongs to the account. */
    const done = (of: TwoServers, account: string): string[] =>
      ["connector_access", "engine"].flatMap((role) => {
        const object = of.parts[first].targetObject;
        const to = (resource: string) => (action: string) =>
          of.allows(of.role(first, role), action, resource, { "aws:ResourceAccount": account });
        const actions = [...ON_BUCKET.filter(to(object.split("/")[0] ?? "")), ...ON_OBJECT.filter(to(object))];
        return actions.map((action) => `${role} ${action}`);
      });

    const ALL = [
      ...[...ON_BUCKET, ...ON_OBJECT].map((action) => `connector_access ${action}`),
      "engine s3:ListBucket",
      "engine s3:GetObject",
    ];

    it("is kept from a server whose folder begins with a date tag after the same letters", async () => {
      const both = await TwoServers.deploy({}, { [first]: "/p%year%", [second]: "/partner" });
      const reached = (of: typeof first | typeof second) =>
        ["lake/in/p2026/x", "lake/in/p2026/a/b", "lake/in/partner/x", "lake/in/partner/2026/x", "lake/in/p"].filter(
          (key) =>
            ["connector_access", "engine"].some((role) =>
              ON_OBJECT.some((action) => both.allows(both.role(of, role), action, `arn:aws:s3:::${key}`)),
            ),
        );
      expect(reached(first)).to.deep.equal(["lake/in/p2026/x", "lake/in/p2026/a/b"]);
      expect(reached(second)).to.deep.equal(["lake/in/partner/x", "lake/in/partner/2026/x"]);
    });

    it("is of the installation's own account", () => {
      expect(done(two, LOCAL_ACCOUNT)).to.deep.equal(ALL);
      expect(done(two, OTHER_ACCOUNT)).to.deep.equal([]);
    });

    it("may be of an account in targetAccounts, beside the own one, and of no other", async () => {
      const wider = await TwoServers.deploy({ targetAccounts: ["111122223333", OTHER_ACCOUNT] });
      expect(done(wider, LOCAL_ACCOUNT)).to.deep.equal(ALL);
      expect(done(wider, OTHER_ACCOUNT)).to.deep.equal(ALL);
      expect(done(wider, "111122223334")).to.deep.equal([]);
    });
  });

  describe("the list-results bucket's policy", () => {
    /** A role that may do everything by its own policies, for what the bucket's policy does alone. */
    const almighty = (of: (typeof SERVERS)[number] | "shared", name: string, changes: object = {}): Principal => ({
      ...two.role(of, name),
      statements: ADMINISTRATOR.statements,
      ...changes,
    });
    const written = (principal: Principal, action = "s3:PutObject"): string[] =>
      ["ledger", "locks", "runs"].flatMap((part) =>
        SERVERS.map((server) => `${part}/${server}`).filter((key) =>
          two.allows(principal, action, `${two.shared.bucket}/${key}/orders/run/listings/x`),
        ),
      );

    for (const action of CHANGES) {
      it(`leaves ${action} to the right roles, whatever their own policies allow`, () => {
        expect(written(almighty(first, "engine"), action)).to.deep.equal([
          "ledger/partner",
          "locks/partner",
          "runs/partner",
        ]);
        expect(written(almighty(second, "engine"), action)).to.deep.equal([
          "ledger/partner-b",
          "locks/partner-b",
          "runs/partner-b",
        ]);
        expect(written(almighty(first, "connector_access"), action)).to.deep.equal(["runs/partner"]);
        expect(written(almighty("shared", "recorder"), action)).to.deep.equal(["runs/partner", "runs/partner-b"]);
        expect(written(ADMINISTRATOR, action)).to.deep.equal([]);
      });
    }

    it("leaves roles that have no tags yet at work, since their stacks are applied after the shared one", () => {
      const untagged = { tags: {} };
      expect(written({ ...two.role(first, "engine"), ...untagged })).to.deep.equal([
        "ledger/partner",
        "locks/partner",
        "runs/partner",
      ]);
      expect(written({ ...two.role(first, "connector_access"), ...untagged })).to.deep.equal(["runs/partner"]);
      // As an installation from before names ended with the Region has it.
      const arn = two.role(first, "engine").arn.replace(/-us-east-1$/, "");
      expect(written(almighty(first, "engine", { ...untagged, arn }))).to.have.lengthOf(6);
    });

    it("keeps nobody from reading, and no administrator from changing it", () => {
      const { bucket } = two.shared;
      expect(two.allows(ADMINISTRATOR, "s3:GetObject", `${bucket}/ledger/partner/x`)).to.equal(true);
      for (const action of ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutLifecycleConfiguration"]) {
        expect(two.allows(ADMINISTRATOR, action, bucket), action).to.equal(true);
      }
    });
  });

  it("keeps no administrator from replacing credentials, nor from removing what keeps them from reading", () => {
    const { secret } = two.parts[first];
    expect(two.allows(ADMINISTRATOR, "secretsmanager:GetSecretValue", secret)).to.equal(false);
    for (const action of ["PutSecretValue", "PutResourcePolicy", "DeleteResourcePolicy", "DeleteSecret"]) {
      expect(two.allows(ADMINISTRATOR, `secretsmanager:${action}`, secret), action).to.equal(true);
    }
  });

  it("lets the function for concurrency update this installation's connectors, and no other of the account", () => {
    const role = two.role("shared", "connector_concurrency");
    const { connector } = two.parts[first];
    expect(two.allows(role, "transfer:UpdateConnector", connector)).to.equal(true);
    const foreign = connector.replace(/c-[0-9a-f]+$/, "c-00000000000000000");
    expect(two.allows(role, "transfer:UpdateConnector", foreign)).to.equal(false);
    const ofAnother = { "aws:ResourceTag/SftpSyncInstallation": "feeds" };
    expect(two.allows(role, "transfer:UpdateConnector", foreign, ofAnother)).to.equal(false);
  });
});
