import { FunctionFailed } from "../../../local/lambda/invocation";
import { lambdaInvoke, type PublishedMessage, snsPublish } from "../../../local/step-functions/integrations";
import { StateMachine, type StateMachineProps } from "../../../local/step-functions/state-machine";

export const ARN = "arn:aws:states:eu-central-1:000000000000:stateMachine:sync";
export const LAMBDA = "arn:aws:states:::lambda:invoke";
export const SNS = "arn:aws:states:::sns:publish";

export type Handler = (event: unknown, call: number) => unknown;

/** A machine whose functions are plain handlers; `calls` counts their invocations. */
export function machine(
  states: object,
  functions: Record<string, Handler> = {},
  changes: Partial<StateMachineProps> = {},
) {
  const calls: { name: string; event: unknown }[] = [];
  const published: PublishedMessage[] = [];
  const waits: number[] = [];
  const invoke = async (name: string, event: unknown): Promise<unknown> => {
    calls.push({ name, event });
    const handler = functions[name];
    if (handler === undefined) {
      throw new Error(`no function ${name}`);
    }
    return handler(event, calls.filter((call) => call.name === name).length);
  };
  const stateMachine = new StateMachine({
    name: "sync",
    arn: ARN,
    definition: JSON.stringify({ StartAt: Object.keys(states)[0], States: states }),
    integrations: {
      [LAMBDA]: lambdaInvoke({ invoke }),
      [SNS]: snsPublish((message) => published.push(message)),
    },
    pause: async (seconds) => {
      waits.push(seconds);
    },
    retryDelayMilliseconds: 0,
    ...changes,
  });
  return {
    stateMachine,
    calls,
    published,
    waits,
    run: (input: object = {}) => stateMachine.start("run-1", { ...input }).result,
  };
}

export function invoke(functionName: string, more: object = { End: true }) {
  return { Type: "Task", Resource: LAMBDA, Parameters: { FunctionName: functionName, "Payload.$": "$" }, ...more };
}

export function fails(name: string, message = "as told"): Handler {
  return () => {
    throw new FunctionFailed({ errorType: name, errorMessage: message, trace: [] });
  };
}
