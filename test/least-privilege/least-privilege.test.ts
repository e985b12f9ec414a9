import { expect } from "chai";
import { LOCAL_ACCOUNT } from "../../local/deployment/account";
import { OPERATIONS } from "../../local/faults/operations";
import { EMBEDDED, type RemoteServer } from "../end-to-end/remote-servers";
import { World } from "../end-to-end/world";
import { ACTORS, type Actor, principalContext } from "./deployed-access";
import { GRANTED_WITHOUT_RECORD, type Unrecorded } from "./granted-without-record";
import { type Grant, grantsOf, roleOf, unusedGrants } from "./grants";
import { isAllowed } from "./policy";
import { REFUSED } from "./refused";
import { type Recorded, recordRuns } from "./runs";

/** Colons before the part of an ARN that names the resource. */
const ARN_COLONS = 5;
const OTHER_ACCOUNT = "999999999999";

const explains = ({ role, sid, actions, text = /^/ }: Unrecorded, grant: Grant): boolean =>
  role === grant.role && sid === grant.sid && actions.includes(grant.action) && text.test(grant.text);

describe("least privilege", function () {
  this.timeout(120_000);
  let remote: RemoteServer | undefined;
  let recorded: Recorded;

  before(async () => {
    remote = await EMBEDDED.start();
    const world = await World.create(remote);
    recorded = await recordRuns(world);
    await world.close();
  });
  after(() => remote?.close());

  it("is judged by runs of every kind, which make every call that the functions can make", () => {
    const statuses = [...recorded.results].map(([run, { status }]) => [run, status]);
    expect(Object.fromEntries(statuses)).to.deep.equal({
      first: "SUCCEEDED",
      dry: "SUCCEEDED",
      incremental: "SUCCEEDED",
      "on-demand": "SUCCEEDED",
      "missing-folder": "FAILED",
      "first-by-time": "SUCCEEDED",
      "by-time": "SUCCEEDED",
      "held-up": "SUCCEEDED",
      "too-many": "SKIPPED",
      "takes-over-and-hands-over": "SUCCEEDED",
    });
    expect(recorded.calls.map(({ operation }) => operation)).to.include.members([...OPERATIONS]);
  });

  it("allows whatever was done", () => {
    const { calls, access } = recorded;
    const refused = calls.filter((call) => !isAllowed(roleOf(access, call).statements, call));
    expect(refused).to.deep.equal([]);
  });

  it("grants nothing that was not used, but for what has its reason", () => {
    const unexplained = unused().filter((grant) => !GRANTED_WITHOUT_RECORD.some((entry) => explains(entry, grant)));
    expect(unexplained.map(({ text }) => text)).to.deep.equal([]);
  });

  it("has a reason only where something is granted, and no run uses it", () => {
    const granted = recorded.access.roles.flatMap(grantsOf);
    const unusedTexts = new Set(unused().map(({ text }) => text));
    const stale = GRANTED_WITHOUT_RECORD.flatMap((entry) =>
      entry.actions
        .map((action) => granted.filter((grant) => grant.action === action && explains(entry, grant)))
        .filter((grants) => grants.length === 0 || grants.some(({ text }) => !unusedTexts.has(text)))
        .map((grants) => [entry.role, entry.sid, ...grants.map(({ text }) => text)]),
    );
    expect(stale).to.deep.equal([]);
  });

  it("lets everybody who acts assume their role, each role on behalf of somebody", () => {
    const { roles, actors } = recorded.access;
    expect(actors.filter((actor) => !mayAssume(actor)).map(({ name }) => name)).to.deep.equal([]);
    const inUse = new Set(actors.map(({ roleArn }) => roleArn));
    expect(roles.filter(({ arn }) => !inUse.has(arn)).map(({ name }) => name)).to.deep.equal([]);
  });

  it("lets nobody else assume a role: no other service, no other account or source where the service is known to name it", () => {
    const ofAccount = (text: string, account: string) => text.replace(`:${LOCAL_ACCOUNT}:`, `:${account}:`);
    for (const actor of recorded.access.actors) {
      const { name, service, sourceArn } = actor;
      const namesNobody = service === "lambda.amazonaws.com";
      const elsewhere = { sourceArn: ofAccount(sourceArn, OTHER_ACCOUNT), account: OTHER_ACCOUNT };
      expect(mayAssume(actor, elsewhere), `${name} of another account`).to.equal(namesNobody);
      expect(mayAssume({ ...actor, service: "ec2.amazonaws.com" }), `EC2 instead of ${name}`).to.equal(false);
      const other = { sourceArn: [...sourceArn.split(":").slice(0, ARN_COLONS), "other"].join(":") };
      const namesAccount = namesNobody || name === ACTORS.connectorLog;
      expect(mayAssume(actor, other), `${name} for another source`).to.equal(namesAccount);
    }
  });

  for (const [what, role, request] of REFUSED) {
    it(`keeps ${what}`, () => {
      const [bucket = ""] = recorded.access.bucketPolicies.keys();
      const { statements = [] } = recorded.access.roles.find(({ name }) => name === role) ?? {};
      expect(statements).not.to.be.empty;
      const { context, ...refused } = request(bucket);
      const inAccount = { "aws:ResourceAccount": LOCAL_ACCOUNT, ...context };
      expect(isAllowed(statements, { ...refused, context: inAccount })).to.equal(false);
    });
  }

  it("keeps both who reach a target from every bucket of another account, whatever they do to it", () => {
    const { calls, access } = recorded;
    const ofRole = (name: string) =>
      calls.filter((call) => call.resource.startsWith("arn:aws:s3:::") && roleOf(access, call).name === name);
    for (const name of ["engine", "connector_access"]) {
      expect(ofRole(name), name).not.to.be.empty;
      const allowed = ofRole(name).filter((call) => {
        const context = { ...call.context, "aws:ResourceAccount": OTHER_ACCOUNT };
        return isAllowed(roleOf(access, call).statements, { ...call, context });
      });
      expect(allowed, name).to.deep.equal([]);
    }
  });

  it("lets the list-results bucket's own policy refuse what comes over plain HTTP, and nothing that was done otherwise", () => {
    const { calls, access } = recorded;
    expect(access.bucketPolicies).to.have.property("size", 1);
    for (const [bucket, policy] of access.bucketPolicies) {
      const onBucket = calls.filter(({ resource }) => resource.split("/")[0] === `arn:aws:s3:::${bucket}`);
      expect(onBucket).not.to.be.empty;
      const over = (secure: boolean) =>
        onBucket.filter((call) => {
          const role = roleOf(access, call);
          const context = { ...call.context, ...principalContext(role), "aws:SecureTransport": String(secure) };
          return isAllowed([...role.statements, ...policy], { ...call, context });
        });
      expect(over(false)).to.deep.equal([]);
      expect(over(true)).to.have.lengthOf(onBucket.length);
    }
  });

  const unused = (): Grant[] => unusedGrants(recorded.access, recorded.calls);

  function mayAssume(
    { roleArn, service, sourceArn: own }: Actor,
    { sourceArn = own, account = LOCAL_ACCOUNT }: { readonly sourceArn?: string; readonly account?: string } = {},
  ): boolean {
    const { trust = [] } = recorded.access.roles.find(({ arn }) => arn === roleArn) ?? {};
    const context = { "aws:SourceAccount": account, "aws:SourceArn": sourceArn };
    return isAllowed(trust, { action: "sts:AssumeRole", service, context });
  }
});
