import { expect } from "chai";
import { listResultsBucketName, serverNames, sharedMonitoringNames, sharedNames } from "../../../stacks/naming/names";

const LONGEST_PREFIX = "p".repeat(20);
const LONG = "n".repeat(120);

describe("physical names", () => {
  it("are readable while they fit", () => {
    const names = serverNames("sftp-sync", "partner-a");
    expect(names.engineRole).to.equal("sftp-sync-partner-a-engine");
    expect(names.lambdaFunction("finish-run")).to.equal("sftp-sync-partner-a-finish-run");
    expect(names.stateMachine).to.equal("sftp-sync-partner-a");
    expect(names.parameter("orders")).to.equal("/sftp-sync/partner-a/orders");
    expect(names.secret).to.equal("aws/transfer/sftp-sync-partner-a");
  });

  it("keep each service's limit for the longest input", () => {
    const names = serverNames(LONGEST_PREFIX, LONG);
    for (const role of [names.connectorAccessRole, names.engineRole, names.stateMachineRole, names.schedulerRole]) {
      expect(role).to.have.lengthOf(64);
    }
    expect(names.stateMachine).to.have.lengthOf(80);
    expect(names.scheduleGroup).to.have.lengthOf(64);
    expect(names.schedule(LONG)).to.have.lengthOf(64);
    expect(names.syncAlarm(LONG, "no-successful-run")).to.have.lengthOf(255);
    expect(names.dashboard).to.have.length.at.most(255);
    expect(names.lambdaFunction("remote-folders-list")).to.have.lengthOf(64);
    for (const name of Object.values(sharedNames(LONGEST_PREFIX))) {
      expect(name.length, name).to.be.at.most(64);
    }
  });

  it("stay different when they are shortened", () => {
    const first = serverNames(LONGEST_PREFIX, `${LONG}1`);
    const second = serverNames(LONGEST_PREFIX, `${LONG}2`);
    expect(first.stateMachine).not.to.equal(second.stateMachine);
    expect(first.schedule(`${LONG}1`)).not.to.equal(first.schedule(`${LONG}2`));
    const functions = ["remote-folders-list", "get-list-status", "sync-remote-folder", "finish-run"];
    expect(new Set(functions.map(first.lambdaFunction))).to.have.lengthOf(4);
  });

  it("keep alarms apart, whichever part of a name holds the hyphen", () => {
    const alarms = [
      serverNames("p", "a-b").syncAlarm("c", "no-successful-run"),
      serverNames("p", "a").syncAlarm("b-c", "no-successful-run"),
      serverNames("p", "a").alarm("run-failed"),
      sharedMonitoringNames("p").alarm("recorder-errors"),
    ];
    expect(alarms).to.deep.equal([
      "p/a-b/c/no-successful-run",
      "p/a/b-c/no-successful-run",
      "p/a/run-failed",
      "p/recorder-errors",
    ]);
  });

  it("give dashboards names that CloudWatch takes, the overview one that no server has", () => {
    const dashboards = [sharedMonitoringNames("p").overviewDashboard, serverNames("p", "a-1").dashboard];
    expect(dashboards).to.deep.equal(["p", "p-a-1"]);
    for (const name of dashboards) {
      expect(name).to.match(/^[A-Za-z0-9_-]+$/);
    }
  });

  it("let a bucket's name fit in 63 characters in the Region with the longest name", () => {
    const name = listResultsBucketName(LONGEST_PREFIX, "123456789012", "ap-northeast-1");
    expect(name).to.have.length.at.most(63);
    expect(name).to.match(/-123456789012-ap-northeast-1$/);
  });
});
