import { expect } from "chai";
import { timeoutsSchema } from "../../contract/engine-settings";
import { FunctionFailed } from "../../local/lambda/invocation";
import { lambdaInvoke, type PublishedMessage, snsPublish } from "../../local/step-functions/integrations";
import { TaskFailure } from "../../local/step-functions/task-failure";
import { stateMachineDefinition } from "../../stacks/state-machine/definition";
import { finishFailure } from "../../stacks/state-machine/finish-failure";
import { fails, type Handler, LAMBDA, machine, SNS } from "../local/step-functions/machine";

describe("a run that cannot be finished", () => {
  const functions = {
    "remote-folders-list": "list",
    "get-list-status": "get",
    "sync-remote-folder": "sync",
    "finish-run": "finish",
  };
  const timeouts = timeoutsSchema.parse({});
  const definition = JSON.stringify(
    stateMachineDefinition({ partition: "aws", server: "partner", functions, topicArn: "topic", timeouts }),
  );
  const skipped: Handler = () => ({ Status: "SKIPPED", WaitSeconds: 0 });

  /** `finish` stands in for what the service answers in the function's place. */
  function ending(list: Handler, finish: () => never) {
    const published: PublishedMessage[] = [];
    const invokeFunction = lambdaInvoke({
      invoke: async (name, event) => (name === "list" ? list(event, 1) : finish()),
    });
    const integrations = { [LAMBDA]: invokeFunction, [SNS]: snsPublish((message) => published.push(message)) };
    const { run } = machine({ A: { Type: "Succeed" } }, {}, { definition, integrations });
    return { published, run };
  }

  const failing = (name: string, cause: string) => () => {
    throw new TaskFailure(name, cause);
  };

  it("is told under the run's own error, with both errors in plain words", async () => {
    const { run, published } = ending(fails("ListingFailed", "no answer"), () => {
      throw new FunctionFailed({ errorType: "TypeError", errorMessage: "broken", trace: ["at x (index.mjs:1:1)"] });
    });
    const result = await run({ Name: "partner" });
    expect(result).to.have.deep.property("error", { name: "ListingFailed", cause: "broken" });
    expect(published).to.have.length(1);
    expect(published[0]?.subject).to.equal("SFTP sync could not be finished: partner");
    expect(published[0]?.message).to.match(
      /^A run of partner failed: ListingFailed\. And it could not be finished: TypeError: broken\. What was .*:execution:sync:run-1$/,
    );
  });

  it("is told under FinishRun's error where nothing had failed before", async () => {
    const { run, published } = ending(
      skipped,
      failing("TypeError", '{"errorType":"TypeError","errorMessage":"broken"}'),
    );
    expect(await run()).to.have.deep.property("error", { name: "TypeError", cause: "broken" });
    expect(published.map(({ message }) => message.split(". What")[0])).to.deep.equal([
      "A run of partner could not be finished: TypeError: broken",
    ]);
  });

  const causes: readonly (readonly [what: string, cause: string, told: string])[] = [
    ["a service's text", "Rate Exceeded.", "Rate Exceeded."],
    ["text with quotes and braces", 'it\'s {0} of "x"', 'it\'s {0} of "x"'],
    ["an error that was cut off", '{"errorType":"E","errorMessage":"endl', '{"errorType":"E","errorMessage":"endl'],
    ["an error without a trace", '{"errorType":"E","errorMessage":"timed out"}', "timed out"],
    ["other JSON", '{"code":1}', '{"code":1}'],
    ["nothing", "", ""],
  ];
  for (const [what, cause, told] of causes) {
    it(`tells a cause that is ${what}`, async () => {
      const { run, published } = ending(skipped, failing("Lambda.Unknown", cause));
      expect(await run()).to.have.deep.property("error", { name: "Lambda.Unknown", cause: told });
      expect(published[0]?.message).to.include(`could not be finished: Lambda.Unknown: ${told}. What was`);
    });
  }

  it("tells an error without any cause, as the service's own States.Timeout", async () => {
    const states = { ...finishFailure("partner"), NotifyFailure: { Type: "Succeed" } };
    const result = await machine(states).run({ FinishError: { Error: "States.Timeout" }, Execution: { Id: "arn" } });
    expect(result)
      .to.have.nested.property("output.Finish.Outcome.Message")
      .that.includes("could not be finished: States.Timeout: no cause was given. ");
    expect(result)
      .to.have.nested.property("output.Finish.Outcome.Error")
      .that.deep.equals({ Name: "States.Timeout", Message: "no cause was given" });
  });
});
