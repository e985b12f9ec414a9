import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { TaskFailure } from "../../../local/step-functions/task-failure";
import { ARN, fails, type Handler, invoke, LAMBDA, machine, SNS } from "./machine";

describe("StateMachine", () => {
  it("dispatches Tasks by Resource and FunctionName, whatever the states are called", async () => {
    const states = {
      A: invoke("first", { ResultPath: "$.First", ResultSelector: { "Value.$": "$.Payload" }, Next: "B" }),
      B: invoke("second", { OutputPath: "$.Payload", End: true }),
    };
    const { run, calls } = machine(states, { first: () => ({ n: 1 }), second: (event) => ({ got: event }) });
    const result = await run({ in: true });
    expect(result).to.deep.include({ status: "SUCCEEDED", output: { got: { in: true, First: { Value: { n: 1 } } } } });
    expect(calls.map(({ name }) => name)).to.deep.equal(["first", "second"]);
  });

  it("answers an invocation as the integration does", async () => {
    const result = await machine({ A: invoke("f") }, { f: () => 7 }).run();
    expect(result).to.deep.include({ output: { ExecutedVersion: "$LATEST", Payload: 7, StatusCode: 200 } });
  });

  it("publishes messages, and refuses a subject that SNS refuses", async () => {
    const publish = (subject: string) => ({
      A: {
        Type: "Task",
        Resource: SNS,
        Parameters: { TopicArn: "t", Subject: subject, "Message.$": "$.m" },
        End: true,
      },
    });
    const good = machine(publish("a sync failed"));
    expect(await good.run({ m: "why" })).to.have.property("status", "SUCCEEDED");
    expect(good.published).to.deep.equal([{ topicArn: "t", subject: "a sync failed", message: "why" }]);
    const bad = await machine(publish("x".repeat(101))).run({ m: "why" });
    expect(bad).to.have.nested.property("error.name", "SNS.InvalidParameterException");
  });

  it("refuses a Resource that does not exist here", () => {
    const states = { A: { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", End: true } };
    expect(() => machine(states)).to.throw("The Task A has the Resource arn:aws:states:::sqs:sendMessage");
  });

  it("fills the context object", async () => {
    const parameters = { "Event.$": "$", "Execution.$": "$$.Execution", "Machine.$": "$$.StateMachine" };
    const result = await machine({ A: { Type: "Pass", Parameters: parameters, End: true } }).run({ a: 1 });
    expect(result).to.have.nested.property("output.Event").that.deep.equals({ a: 1 });
    expect(result)
      .to.have.nested.property("output.Execution.Id")
      .that.equals("arn:aws:states:eu-central-1:000000000000:execution:sync:run-1");
    expect(result).to.have.nested.property("output.Execution.Name").that.equals("run-1");
    expect(result)
      .to.have.nested.property("output.Execution.StartTime")
      .that.matches(/^\d{4}-.*Z$/);
    expect(result).to.have.nested.property("output.Machine").that.deep.equals({ Id: ARN, Name: "sync" });
  });

  it("retries by error name, then goes on", async () => {
    const retry = [
      { ErrorEquals: ["Lambda.TooManyRequestsException", "Busy"], MaxAttempts: 3, JitterStrategy: "FULL" },
    ];
    const busyTwice: Handler = (_, call) => (call < 3 ? fails("Busy")(_, call) : "done");
    const { run, calls } = machine({ A: invoke("f", { Retry: retry, End: true }) }, { f: busyTwice });
    expect(await run()).to.have.nested.property("output.Payload", "done");
    expect(calls).to.have.length(3);
  });

  it("gives up after MaxAttempts, with Lambda's errorType as the error and its payload as the Cause", async () => {
    const retry = [{ ErrorEquals: ["States.ALL"], MaxAttempts: 2 }];
    const { run, calls } = machine(
      { A: invoke("f", { Retry: retry, End: true }) },
      { f: fails("ListingFailed", "why") },
    );
    const result = await run();
    expect(calls).to.have.length(3);
    expect(result).to.have.property("status", "FAILED");
    expect(result).to.have.nested.property("error.name", "ListingFailed");
    expect(result).to.have.nested.property("error.cause").that.includes('"errorMessage":"why"');
  });

  it("catches into ResultPath, chooses on it, and fails with the error's own name and cause", async () => {
    const states = {
      A: invoke("f", { Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.Error", Next: "B" }], Next: "Done" }),
      B: {
        Type: "Choice",
        Choices: [{ Variable: "$.Error.Error", StringEquals: "Broken", Next: "C" }],
        Default: "Done",
      },
      C: { Type: "Fail", ErrorPath: "$.Error.Error", CausePath: "$.Error.Cause" },
      Done: { Type: "Succeed" },
    };
    const result = await machine(states, { f: fails("Broken", "no way") }).run({ kept: 1 });
    expect(result).to.have.nested.property("error.name", "Broken");
    expect(result).to.have.nested.property("error.cause").that.includes("no way");
  });

  it("understands a ResultPath of $ and type tests for false", async () => {
    const states = {
      A: invoke("f", { ResultPath: "$", ResultSelector: { "R.$": "$.Payload" }, Next: "B" }),
      B: { Type: "Choice", Choices: [{ Variable: "$.Other", IsPresent: false, Next: "C" }], Default: "D" },
      C: { Type: "Pass", Result: "absent", ResultPath: "$.Found", End: true },
      D: { Type: "Fail" },
    };
    const result = await machine(states, { f: () => 1 }).run({ gone: 1 });
    expect(result).to.have.deep.property("output", { R: 1, Found: "absent" });
  });

  it("formats texts", async () => {
    const parameters = { "Text.$": "States.Format('{} of {}: {}', $.a, $.b, 'x (y)')" };
    const result = await machine({ A: { Type: "Pass", Parameters: parameters, End: true } }).run({ a: "one", b: 2 });
    expect(result).to.have.nested.property("output.Text", "one of 2: x (y)");
  });

  it("hands Wait states to the pause, by number and by path, and keeps their input", async () => {
    const states = {
      A: { Type: "Wait", Seconds: 3, Next: "B" },
      B: { Type: "Wait", SecondsPath: "$.s", End: true },
    };
    const { run, waits } = machine(states);
    expect(await run({ s: 45 })).to.have.deep.property("output", { s: 45 });
    expect(waits).to.deep.equal([3, 45]);
  });

  it("times a Task out as States.Timeout, which States.TaskFailed does not match", async () => {
    const states = {
      A: invoke("slow", {
        TimeoutSeconds: 1,
        Catch: [
          { ErrorEquals: ["States.TaskFailed"], Next: "Wrong" },
          { ErrorEquals: ["States.Timeout"], Next: "Right" },
        ],
        Next: "Wrong",
      }),
      Right: { Type: "Succeed" },
      Wrong: { Type: "Fail", Error: "Wrong" },
    };
    const result = await machine(states, { slow: () => sleep(3000, null, { ref: false }) }).run();
    expect(result).to.have.property("status", "SUCCEEDED");
  });

  it("ends an execution past its own time limit", async () => {
    const definition = { StartAt: "A", TimeoutSeconds: 1, States: { A: { Type: "Wait", Seconds: 60, End: true } } };
    const pause = async (_: number, signal: AbortSignal) => {
      await sleep(5000, null, { ref: false, signal }).catch(() => undefined);
    };
    const { run } = machine({ A: { Type: "Succeed" } }, {}, { definition: JSON.stringify(definition), pause });
    expect(await run()).to.have.property("status", "TIMED_OUT");
  });

  it("aborts: nothing starts any more", async () => {
    const states = { A: { Type: "Wait", Seconds: 60, Next: "B" }, B: invoke("f") };
    const { stateMachine, calls } = machine(states, { f: () => 1 }, { pause: () => sleep(50) });
    const execution = stateMachine.start("run-1", {});
    execution.abort();
    expect(await execution.result).to.have.property("status", "ABORTED");
    await sleep(100);
    expect(calls).to.have.length(0);
  });

  describe("limits", () => {
    const tooLarge = "x".repeat(256 * 1024);

    it("refuses a result over 256 KiB, whatever is caught", async () => {
      const caught = { Catch: [{ ErrorEquals: ["States.ALL"], Next: "B" }], Retry: [{ ErrorEquals: ["States.ALL"] }] };
      const states = { A: invoke("f", { ...caught, Next: "B" }), B: { Type: "Succeed" } };
      const { run, calls } = machine(states, { f: () => tooLarge });
      expect(await run()).to.have.nested.property("error.name", "States.DataLimitExceeded");
      expect(calls).to.have.length(1);
    });

    it("refuses a state's output over 256 KiB before the next Task starts", async () => {
      const half = "x".repeat(130 * 1024);
      const states = {
        A: { Type: "Pass", Parameters: { "a.$": "$", "b.$": "$" }, Next: "B" },
        B: { Type: "Task", Resource: LAMBDA, Parameters: { FunctionName: "f" }, End: true },
      };
      const { run, calls } = machine(states, { f: () => 1 });
      expect(await run({ half })).to.have.nested.property("error.name", "States.DataLimitExceeded");
      expect(calls).to.have.length(0);
    });

    it("counts history events as the service does", async () => {
      const states = {
        A: { Type: "Pass", Next: "B" },
        B: { Type: "Wait", Seconds: 1, Next: "C" },
        C: invoke("f", { Retry: [{ ErrorEquals: ["Busy"] }], Next: "D" }),
        D: { Type: "Succeed" },
      };
      const once: Handler = (_, call) => (call === 1 ? fails("Busy")(_, call) : 1);
      // Start, 2 + 2, entered + 2 attempts of 3 + exited, 2, end.
      expect(await machine(states, { f: once }).run()).to.have.property("historyEvents", 1 + 4 + 8 + 2 + 1);
    });

    it("ends an execution whose history is full", async () => {
      const states = {
        A: invoke("f", { ResultPath: null, Next: "B" }),
        B: { Type: "Choice", Choices: [{ Variable: "$.go", BooleanEquals: true, Next: "A" }], Default: "C" },
        C: { Type: "Succeed" },
      };
      const { run, calls } = machine(states, { f: () => 1 });
      const result = await run({ go: true });
      expect(result).to.have.nested.property("error.cause").that.includes("maximum number of history events (25000)");
      // 7 events a round.
      expect(calls.length).to.be.within(25_000 / 7 - 2, 25_000 / 7 + 1);
    });
  });

  it("treats any other error of a Task by its name", async () => {
    const integrations = {
      [LAMBDA]: async () => {
        throw new TaskFailure("Lambda.TooManyRequestsException", "Rate Exceeded.");
      },
    };
    const result = await machine({ A: invoke("f") }, {}, { integrations }).run();
    expect(result).to.have.deep.property("error", { name: "Lambda.TooManyRequestsException", cause: "Rate Exceeded." });
  });
});
