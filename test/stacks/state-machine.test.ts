import aslValidator from "asl-validator";
import { expect } from "chai";
import { timeoutsSchema } from "../../contract/engine-settings";
import { SLICE_SUPERSEDED } from "../../contract/run-errors";
import { type StateMachineDefinitionOptions, stateMachineDefinition } from "../../stacks/state-machine/definition";
import type { State, StateMachineDefinition, TaskState } from "../../stacks/state-machine/states";

const FUNCTION = "arn:aws:lambda:eu-central-1:111122223333:function:";

const options: StateMachineDefinitionOptions = {
  partition: "aws",
  server: "partner-a",
  functions: {
    "remote-folders-list": `${FUNCTION}remote-folders-list`,
    "get-list-status": `${FUNCTION}get-list-status`,
    "sync-remote-folder": `${FUNCTION}sync-remote-folder`,
    "finish-run": `${FUNCTION}finish-run`,
  },
  topicArn: "arn:aws:sns:eu-central-1:111122223333:notifications",
  timeouts: timeoutsSchema.parse({}),
};

const definition = stateMachineDefinition(options);

function nextStates(state: State): string[] {
  switch (state.Type) {
    case "Choice":
      return [...state.Choices.map(({ Next }) => Next), state.Default];
    case "Task":
      return [state.Next, ...state.Catch.map(({ Next }) => Next)];
    case "Pass":
    case "Wait":
      return [state.Next];
    default:
      return [];
  }
}

/** Names that can be reached from `start` along the given steps. */
function reachable(start: readonly string[], step: (name: string) => readonly string[]): Set<string> {
  const seen = new Set(start);
  for (const name of seen) {
    for (const next of step(name)) {
      seen.add(next);
    }
  }
  return seen;
}

const names = Object.keys(definition.States);
const following = (name: string) => {
  const state = definition.States[name];
  return state === undefined ? [] : nextStates(state);
};
const tasksOf = ({ States }: StateMachineDefinition) =>
  Object.entries(States).filter((entry): entry is [string, TaskState] => entry[1].Type === "Task");

const tasks = tasksOf(definition);

describe("the run's state machine", () => {
  it("is valid by the language's schema, its paths and its ARNs", () => {
    // The validator writes into what it is given.
    const result = aslValidator(structuredClone(definition), { checkPaths: true, checkArn: true });
    expect(result.errors.map(({ "Error code": code, Message }) => `${code}: ${Message}`)).to.deep.equal([]);
    expect(result.isValid).to.equal(true);
  });

  it("reaches every state", () => {
    expect([...reachable([definition.StartAt], following)]).to.have.members(names);
  });

  it("can end from every state", () => {
    const ends = names.filter((name) => following(name).length === 0);
    const before = (name: string) => names.filter((other) => following(other).includes(name));
    expect(ends).to.have.members(["RunHandedOver", "RunSucceeded", "RunFailed"]);
    expect([...reachable(ends, before)]).to.have.members(names);
  });

  it("passes through FinishRun on every way that ends it", () => {
    const withoutFinish = reachable([definition.StartAt], (name) => (name === "FinishRun" ? [] : following(name)));
    expect([...withoutFinish]).not.to.include.members(["RunSucceeded"]);
    expect([...withoutFinish]).not.to.include.members(["RunFailed"]);
  });

  it("has six Tasks, each with time limit, Retry and Catch", () => {
    expect(tasks).to.have.lengthOf(6);
    for (const [name, task] of tasks) {
      expect(task.TimeoutSeconds, name).to.be.above(0);
      expect(task.Retry, name).not.to.be.empty;
      expect(
        task.Catch.map(({ ErrorEquals }) => ErrorEquals),
        name,
      ).to.deep.equal([["States.ALL"]]);
    }
  });

  it("calls services in its own partition: no execution gets past a Resource of another", () => {
    const resources = tasksOf(stateMachineDefinition({ ...options, partition: "aws-us-gov" })).map(
      ([, { Resource }]) => Resource,
    );
    expect(new Set(resources)).to.have.all.keys(
      "arn:aws-us-gov:states:::lambda:invoke",
      "arn:aws-us-gov:states:::sns:publish",
    );
  });

  it("repeats with full jitter, growing and bounded", () => {
    for (const [name, task] of tasks) {
      for (const retrier of task.Retry) {
        expect(retrier, name).to.include({ JitterStrategy: "FULL", BackoffRate: 2, MaxDelaySeconds: 60 });
      }
    }
  });

  it("repeats a slice for what passes: Lambda's own errors, throttling, a snatched lock, a death, code that is being replaced", () => {
    const invocations = tasks.filter(([, { Resource }]) => Resource.endsWith("lambda:invoke"));
    expect(invocations).to.have.lengthOf(4);
    for (const [name, task] of invocations) {
      expect(
        task.Retry.flatMap(({ ErrorEquals }) => ErrorEquals),
        name,
      ).to.include.members([
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
        "Lambda.TooManyRequestsException",
        "Lambda.Unknown",
        "Runtime.ExitError",
        "Runtime.ImportModuleError",
        "Sandbox.Timedout",
        "States.Timeout",
        "ThrottlingException",
        "SlowDown",
        "ConditionFailed",
        SLICE_SUPERSEDED,
      ]);
      expect(
        task.Retry.map(({ MaxAttempts }) => MaxAttempts),
        name,
      ).to.deep.equal([6, 3]);
    }
  });

  it("tries to tell somebody four times more", () => {
    const attempts = tasks.filter(([name]) => name.startsWith("Notify")).flatMap(([, { Retry }]) => Retry);
    expect(attempts.map(({ ErrorEquals, MaxAttempts }) => [ErrorEquals, MaxAttempts])).to.deep.equal([
      [["States.ALL"], 4],
      [["States.ALL"], 4],
    ]);
  });

  it("gives a Task more time than its function, and the execution more than a run", () => {
    const { lambda, task, run, execution } = timeoutsSchema.parse({});
    expect(task).to.be.above(lambda);
    expect(execution).to.be.above(run);
    expect(definition.TimeoutSeconds).to.equal(execution);
    expect(tasks.filter(([, { TimeoutSeconds }]) => TimeoutSeconds === task)).to.have.lengthOf(4);
  });

  it("hands over to the next slice in the order of the design", () => {
    expect(definition.StartAt).to.equal("PrepareRun");
    expect(following("PrepareRun")).to.deep.equal(["RemoteFoldersList"]);
    expect(following("IsRunStarted")).to.deep.equal(["FinishRun", "GetListStatus"]);
    expect(following("IsWorkLeft")).to.deep.equal(["FinishRun", "RunHandedOver", "WaitForProgress"]);
    expect(following("WaitForProgress")).to.deep.equal(["RemoteFoldersList"]);
    expect(following("FinishRun")).to.deep.equal(["HasRunFailed", "HasFinishErrorCause"]);
  });

  it("fails under the run's own error even if nobody could be told", () => {
    expect(following("NotifyFailure")).to.deep.equal(["RunFailed", "RunFailed"]);
    expect(definition.States.RunFailed).to.deep.equal({
      Type: "Fail",
      ErrorPath: "$.Finish.Outcome.Error.Name",
      CausePath: "$.Finish.Outcome.Error.Message",
    });
  });

  it("tells of a skipped run who started it by hand, and succeeds even if nobody could be told", () => {
    expect(following("WasRunScheduled")).to.deep.equal(["RunSucceeded", "NotifySkipped"]);
    expect(following("NotifySkipped")).to.deep.equal(["RunSucceeded", "RunSucceeded"]);
  });

  it("keeps the error that ended a run where FinishRun fails as well", () => {
    const paths = tasks.flatMap(([name, { Catch }]) => Catch.map(({ ResultPath }) => `${name} ${ResultPath}`));
    expect(paths).to.have.members([
      "RemoteFoldersList $.Error",
      "GetListStatus $.Error",
      "SyncRemoteFolder $.Error",
      "FinishRun $.FinishError",
      "NotifySkipped $.NotificationError",
      "NotifyFailure $.NotificationError",
    ]);
  });

  it("keeps the subject of a notification within SNS's 100 characters", () => {
    const { States } = stateMachineDefinition({ ...options, server: "s".repeat(200) });
    for (const state of [States.DescribeFinishFailure, States.DescribeBothFailures]) {
      expect(state).to.have.nested.property("Parameters.Outcome.Subject").with.lengthOf(100);
    }
  });
});
