import { expect } from "chai";
import { Executions } from "../../../local/step-functions/executions";
import type { Json } from "../../../local/step-functions/json";
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

  it("starts one once, however often it is asked while that runs, and refuses the name with another input or later", async () => {
    const executions = new Executions();
    const machine = machineOf({ A: { Type: "Succeed" } });
    const execution = executions.start(machine, "run-1", { a: 1 });
    const expectRefusal = (input: Json) =>
      expect(() => executions.start(machine, "run-1", input))
        .to.throw("Execution Already Exists")
        .with.property("name", "ExecutionAlreadyExists");
    expect(executions.start(machine, "run-1", { a: 1 })).to.equal(execution);
    expectRefusal({ a: 2 });
    await execution.result;
    expectRefusal({ a: 1 });
  });

  it("starts executions for those who ask, by the state machine's ARN", async () => {
    const executions = new Executions();
    const { StartExecution } = executions.service();
    const request = { stateMachineArn: ARN, name: "run-1-2", input: '{"a":1}' };
    expect(() => StartExecution?.(request))
      .to.throw()
      .with.property("name", "StateMachineDoesNotExist");
    executions.deploy(machineOf({ A: { Type: "Succeed" } }));
    const started = await StartExecution?.(request);
    expect(started).to.have.property("executionArn", `${arn}-2`);
    expect(await StartExecution?.(request)).to.deep.equal(started);
    expect(() => StartExecution?.({ ...request, input: "{}" }))
      .to.throw()
      .with.property("name", "ExecutionAlreadyExists");
    expect(() => StartExecution?.({ ...request, name: "x", input: "{" }))
      .to.throw()
      .with.property("name", "InvalidExecutionInput");
    expect(await executions.settled()).to.deep.include({ status: "SUCCEEDED", output: { a: 1 } });
  });

  it("waits for those that are started meanwhile", async () => {
    const executions = new Executions();
    let waits = 0;
    const machine: StateMachine = machineOf({ A: { Type: "Wait", Seconds: 1, End: true } }, async () => {
      waits += 1;
      if (waits === 1) {
        executions.start(machine, "run-1-2", { n: 2 });
      }
      return undefined;
    });
    executions.start(machine, "run-1", { n: 1 });
    expect(await executions.settled()).to.deep.include({ output: { n: 2 } });
  });
});
