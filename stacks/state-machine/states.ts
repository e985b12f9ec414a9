/**
 * The part of the Amazon States Language that the run uses, in its JSONPath form. A key that ends in `.$` holds a path
 * or an intrinsic function.
 */
export type PayloadTemplate = { readonly [key: string]: string | number | PayloadTemplate };

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: "FULL";
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath: string;
  readonly Next: string;
}

export interface PassState {
  readonly Type: "Pass";
  readonly Comment?: string;
  readonly Parameters: PayloadTemplate;
  readonly ResultPath?: string;
  readonly Next: string;
}

/** Every Task has a time limit, a Retry and a Catch: none can hang, and none can end the execution unnoticed. */
export interface TaskState {
  readonly Type: "Task";
  readonly Comment?: string;
  readonly Resource: string;
  readonly Parameters: PayloadTemplate;
  readonly ResultSelector?: PayloadTemplate;
  /** Null throws the result away. */
  readonly ResultPath: string | null;
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly Catcher[];
  readonly Next: string;
}

/** `StringMatches` takes `*` for any text. Testing a field that is absent, but for its presence, fails the execution. */
export type ChoiceRule = { readonly Variable: string; readonly Next: string } & (
  | { readonly StringEquals: string }
  | { readonly StringMatches: string }
  | { readonly IsPresent: boolean }
);

export interface ChoiceState {
  readonly Type: "Choice";
  readonly Comment?: string;
  readonly Choices: readonly ChoiceRule[];
  readonly Default: string;
}

export interface WaitState {
  readonly Type: "Wait";
  readonly Comment?: string;
  readonly SecondsPath: string;
  readonly Next: string;
}

export interface SucceedState {
  readonly Type: "Succeed";
}

export interface FailState {
  readonly Type: "Fail";
  readonly ErrorPath: string;
  readonly CausePath: string;
}

export type State = PassState | TaskState | ChoiceState | WaitState | SucceedState | FailState;

export interface StateMachineDefinition {
  readonly Comment: string;
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State>>;
}
