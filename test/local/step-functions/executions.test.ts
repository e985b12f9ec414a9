import { expect } from "chai";
import { Executions } from "../../../local/step-functions/executions";
import { StateMachine } from "../../../local/step-functions/state-machine";

const ARN = "arn:aws:states:eu-central-1:000000000000:stateMachine:sync";

function machineOf(states: object, pause = async () => undefined): StateMachine {
  const definition = JSON.stringify({ StartAt: "A", States: states });
  return new StateMachine({ name: "sync", arn: ARN, definition, integrations: {}, pause });
}

describe("Executions", () => {
  const arn = "arn:aws:states:eu-central-1:000000000000:execution:sync:run-1";

  it("describes an execution while it runs and after it succeeded", async () => {
    const executions = new Executions();
    const { DescribeExecution } = executions.service();
    let open: (value: undefined) => void = () => undefined;
    const gate = new Promise<undefined>((resolve) => {
      open = resolve;
    });
    const machine = machineOf({ A: { Type: "Wait", Seconds: 1, End: true } }, () => gate);
    const execution = executions.start(machine, "run-1", { a: 1 });
    expect(await DescribeExecution?.({ executionArn: arn })).to.include({ status: "RUNNING", input: '{"a":1}' });
    open(undefined);
    await execution.result;
    const described = await DescribeExecution?.({ executionArn: arn });
    expect(described).to.include({ status: "SUCCEEDED", name: "run-1", stateMachineArn: ARN, output: '{"a":1}' });
    expect(described).to.have.property("stopDate").that.is.a("number");
  });

  it("describes a failed one with its error", async () => {
    const executions = new Executions();
    const machine = machineOf({ A: { Type: "Fail", Error: "Broken", Cause: "why" } });
    await executions.start(machine, "run-1", {}).result;
    const described = await executions.service().DescribeExecution?.({ executionArn: arn });
    expect(described).to.include({ status: "FAILED", error: "Broken", cause: "why" });
  });

  it("does not know others", () => {
    const describeUnknown = () => new Executions().service().DescribeExecution?.({ executionArn: arn });
    expect(describeUnknown).to.throw("Execution Does Not Exist").with.property("name", "ExecutionDoesNotExist");
  });

  it("refuses a name that was used", () => {
    const executions = new Executions();
    const machine = machineOf({ A: { Type: "Succeed" } });
    executions.start(machine, "run-1", {});
    expect(() => executions.start(machine, "run-1", {})).to.throw("ExecutionAlreadyExists");
  });
});
