import { expect } from "chai";
import type { z } from "zod";
import { injectFaults } from "../../../local/faults/faults";
import type { faultsSchema } from "../../../local/faults/faults-schema";
import { STATES } from "../../../local/faults/states";
import { LAMBDA_INVOKE } from "../../../local/step-functions/integrations";
import { StateMachine } from "../../../local/step-functions/state-machine";
import { planOf } from "./plan";

type Aborts = z.input<typeof faultsSchema>["AbortExecution"];

const [FIRST = "", SECOND = "", THIRD = ""] = STATES;

const DEFINITION = JSON.stringify({
  StartAt: FIRST,
  States: {
    [FIRST]: { Type: "Task", Resource: LAMBDA_INVOKE, Parameters: { state: FIRST }, Next: SECOND },
    [SECOND]: { Type: "Task", Resource: LAMBDA_INVOKE, Parameters: { state: SECOND }, Next: THIRD },
    [THIRD]: { Type: "Succeed" },
  },
});

/** Three states in a row, of which two call a function. */
function machine(AbortExecution: Aborts) {
  const called: string[] = [];
  const entered: string[] = [];
  const stateMachine = new StateMachine({
    name: "run",
    arn: "arn:aws:states:eu-central-1:000000000000:stateMachine:run",
    definition: DEFINITION,
    integrations: {
      [LAMBDA_INVOKE]: async (parameters) => {
        called.push(JSON.stringify(parameters));
        return {};
      },
    },
    onState: (state) => entered.push(state),
    abortsAt: injectFaults(planOf({ AbortExecution })).abortsAt,
  });
  return { called, entered, run: (name: string) => stateMachine.start(name, {}).result };
}

describe("executions that are aborted", () => {
  for (const [When, State, calls, states] of [
    ["entering", FIRST, 0, [FIRST]],
    ["leaving", FIRST, 1, [FIRST]],
    ["entering", SECOND, 1, [FIRST, SECOND]],
    ["leaving", SECOND, 2, [FIRST, SECOND]],
    ["entering", THIRD, 2, [FIRST, SECOND, THIRD]],
    ["leaving", THIRD, 2, [FIRST, SECOND, THIRD]],
  ] as const) {
    it(`${When} the state ${State} go no further`, async () => {
      const { called, entered, run } = machine([{ State, When }]);
      expect(await run("first")).to.deep.include({
        status: "ABORTED",
        error: { name: "Aborted", cause: "The execution was aborted" },
      });
      expect(called).to.have.length(calls);
      expect(entered).to.deep.equal(states);
    });
  }

  it("are counted like every other fault", async () => {
    const { run } = machine([{ State: SECOND, When: "entering", After: 1, Times: 1 }]);
    const statuses = [await run("first"), await run("second"), await run("third")].map(({ status }) => status);
    expect(statuses).to.deep.equal(["SUCCEEDED", "ABORTED", "SUCCEEDED"]);
  });
});
