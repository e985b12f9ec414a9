import { expect } from "chai";
import { serverNames } from "../../../config/naming/aws-names";
import { listResultsBucketName, sharedMonitoringNames, sharedNames } from "../../../stacks/naming/names";

const HERE = { namePrefix: "sftp-sync", region: "eu-central-1" };
/** The longest prefix that the settings take, in the Region with the longest name. */
const LONGEST = { namePrefix: "p".repeat(20), region: "us-isof-south-1" };
const SHORT = { namePrefix: "p", region: "eu-west-1" };
const LONG = "n".repeat(120);

describe("physical names", () => {
  it("are readable while they fit", () => {
    const names = serverNames(HERE, "partner-a");
    expect(names.engineRole).to.equal("sftp-sync-partner-a-engine-eu-central-1");
    expect(names.lambdaFunction("finish-run")).to.equal("sftp-sync-partner-a-finish-run");
    expect(names.stateMachine).to.equal("sftp-sync-partner-a");
    expect(names.parameter("orders")).to.equal("/sftp-sync/partner-a/orders");
    expect(names.secret).to.equal("aws/transfer/sftp-sync-partner-a");
  });

  it("keep each service's limit for the longest input", () => {
    const names = serverNames(LONGEST, LONG);
    for (const role of [names.connectorAccessRole, names.engineRole, names.stateMachineRole, names.schedulerRole]) {
      expect(role)
        .to.have.lengthOf(64)
        .and.match(/-us-isof-south-1$/);
    }
    expect(names.stateMachine).to.have.lengthOf(80);
    expect(names.scheduleGroup).to.have.lengthOf(64);
    expect(names.schedule(LONG)).to.have.lengthOf(64);
    expect(names.syncAlarm(LONG, "no-successful-run")).to.have.lengthOf(255);
    expect(serverNames(LONGEST, LONG.repeat(3)).dashboard)
      .to.have.lengthOf(255)
      .and.match(/-us-isof-south-1$/);
    expect(names.lambdaFunction("remote-folders-list")).to.have.lengthOf(64);
    for (const name of Object.values(sharedNames(LONGEST))) {
      expect(name.length, name).to.be.at.most(64);
    }
  });

  it("stay different when they are shortened", () => {
    const first = serverNames(LONGEST, `${LONG}1`);
    const second = serverNames(LONGEST, `${LONG}2`);
    expect(first.stateMachine).not.to.equal(second.stateMachine);
    expect(first.schedule(`${LONG}1`)).not.to.equal(first.schedule(`${LONG}2`));
    const roles = (names: ReturnType<typeof serverNames>) => [names.connectorAccessRole, names.engineRole];
    expect(new Set([...roles(first), ...roles(second)])).to.have.lengthOf(4);
    const functions = ["remote-folders-list", "get-list-status", "sync-remote-folder", "finish-run"];
    expect(new Set(functions.map(first.lambdaFunction))).to.have.lengthOf(4);
  });

  it("keep alarms apart, whichever part of a name holds the hyphen", () => {
    const alarms = [
      serverNames(SHORT, "a-b").syncAlarm("c", "no-successful-run"),
      serverNames(SHORT, "a").syncAlarm("b-c", "no-successful-run"),
      serverNames(SHORT, "a").alarm("run-failed"),
      sharedMonitoringNames(SHORT).alarm("recorder-errors"),
    ];
    expect(alarms).to.deep.equal([
      "p/a-b/c/no-successful-run",
      "p/a/b-c/no-successful-run",
      "p/a/run-failed",
      "p/recorder-errors",
    ]);
  });

  it("give dashboards names that CloudWatch takes, the overview one that no server has", () => {
    const dashboards = [sharedMonitoringNames(SHORT).overviewDashboard, serverNames(SHORT, "a-1").dashboard];
    expect(dashboards).to.deep.equal(["p-eu-west-1", "p-a-1-eu-west-1"]);
    for (const name of dashboards) {
      expect(name).to.match(/^[A-Za-z0-9_-]+$/);
    }
  });

  it("let a bucket's name fit in 63 characters in the Region with the longest name", () => {
    const name = listResultsBucketName(LONGEST, "123456789012");
    expect(name).to.have.length.at.most(63);
    expect(name).to.match(/-123456789012-us-isof-south-1$/);
  });
});
