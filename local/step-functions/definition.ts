import type { StateMachineDefinition } from "aws-local-stepfunctions";
import * as z from "zod";

/** Stands for Wait states, which run as Tasks: so their time is this project's to choose, path or literal alike. */
export const WAIT_RESOURCE = "arn:aws:states:::local:wait";

/** What a Task without TimeoutSeconds gets. The service's own default is years; a Node.js timer takes 24 days. */
const LONGEST_TASK_SECONDS = 2_000_000;

const stateSchema = z.looseObject({ Type: z.string(), Resource: z.string().optional() });
const definitionSchema = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), stateSchema) });

type State = z.infer<typeof stateSchema>;

export interface AdaptedDefinition {
  readonly definition: StateMachineDefinition;
  /** The Resource of every Task, by the state's name. */
  readonly tasks: ReadonlyMap<string, string>;
}

/**
 * Rewrites a definition where the interpreter deviates from the service; it means the same afterwards. One deviation is
 * left: texts that intrinsic functions make lose their backslashes.
 * @throws ZodError where it is no definition at all; what is inside the states is the interpreter's to validate.
 */
export function adaptDefinition(text: string): AdaptedDefinition {
  const { States, ...machine } = definitionSchema.parse(JSON.parse(text));
  const states = Object.fromEntries(Object.entries(States).map(([name, state]) => [name, adaptState(state)]));
  const tasks = Object.entries(states).flatMap(([name, state]) =>
    state.Type === "Task" && state.Resource !== undefined ? [[name, state.Resource] as const] : [],
  );
  return { definition: interpreted.parse({ ...machine, States: states }), tasks: new Map(tasks) };
}

/** The interpreter's own validator judges the rest, when the state machine is made. */
const interpreted = z.custom<StateMachineDefinition>((value) => definitionSchema.safeParse(value).success);

function adaptState(state: State): State {
  const adapted = state.Type === "Wait" ? waitTask(state) : withoutRootResultPath(state);
  if (adapted.Type === "Task") {
    const limited = "TimeoutSeconds" in adapted || "TimeoutSecondsPath" in adapted;
    return limited ? adapted : { ...adapted, TimeoutSeconds: LONGEST_TASK_SECONDS };
  }
  return adapted.Type === "Choice" ? { ...adapted, Choices: rulesSchema.parse(adapted.Choices) } : adapted;
}

function waitTask({ Seconds, SecondsPath, Timestamp, TimestampPath, ...rest }: State): State {
  const parameters = {
    ...(Seconds === undefined ? {} : { Seconds }),
    ...(SecondsPath === undefined ? {} : { "Seconds.$": SecondsPath }),
    ...(Timestamp === undefined ? {} : { Timestamp }),
    ...(TimestampPath === undefined ? {} : { "Timestamp.$": TimestampPath }),
  };
  return { ...rest, Type: "Task", Resource: WAIT_RESOURCE, Parameters: parameters, ResultPath: null };
}

const catchersSchema = z.array(z.looseObject({ ResultPath: z.unknown().optional() })).optional();

/** `"ResultPath": "$"` is the default written out; the interpreter would make a field named `$`. */
function withoutRootResultPath(state: State): State {
  const { ResultPath, Catch, ...rest } = state;
  const catchers = catchersSchema.parse(Catch);
  return {
    ...rest,
    ...(ResultPath === undefined || ResultPath === "$" ? {} : { ResultPath }),
    ...(catchers === undefined ? {} : { Catch: catchers.map(withoutRoot) }),
  };
}

function withoutRoot({ ResultPath, ...catcher }: Record<string, unknown>): Record<string, unknown> {
  return ResultPath === undefined || ResultPath === "$" ? catcher : { ...catcher, ResultPath };
}

const TYPE_TESTS = ["IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"];

/** `{"IsPresent": false}` never matches in the interpreter; "not present" does. */
const ruleSchema: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown()).transform((rule) => {
  const { Next, And, Or, Not, ...test } = rule;
  const next = Next === undefined ? {} : { Next };
  if (And !== undefined || Or !== undefined) {
    const [operator, rules] = And === undefined ? ["Or", Or] : ["And", And];
    return { ...next, [String(operator)]: rulesSchema.parse(rules) };
  }
  if (Not !== undefined) {
    return { ...next, Not: ruleSchema.parse(Not) };
  }
  const negated = TYPE_TESTS.find((name) => test[name] === false);
  return negated === undefined ? rule : { ...next, Not: { ...test, [negated]: true } };
});

const rulesSchema = z.array(ruleSchema);
