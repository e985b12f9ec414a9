import * as z from "zod";

const list = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => [value].flat());

/** Those that the policies here use; another one is refused, not overlooked. */
const operatorSchema = z.enum([
  "ArnEquals",
  "ArnLike",
  "ArnNotLike",
  "Bool",
  "Null",
  "StringEquals",
  "StringLike",
  "StringLikeIfExists",
  "StringNotEquals",
]);

const conditionSchema = z.partialRecord(operatorSchema, z.record(z.string(), list));

/** Strict for the sake of `NotPrincipal`. Where `NotAction` stands, `Action` is empty. */
const statementSchema = z
  .strictObject({
    Sid: z.string().regex(/^[A-Za-z0-9]+$/),
    Effect: z.enum(["Allow", "Deny"]),
    Principal: z.union([z.literal("*"), z.record(z.string(), list)]).optional(),
    Action: list.default([]),
    NotAction: list.optional(),
    Resource: list.optional(),
    NotResource: list.optional(),
    Condition: conditionSchema.optional(),
  })
  .refine(({ Action, NotAction }) => (Action.length === 0) === (NotAction !== undefined), "either Action or NotAction")
  .refine(({ Effect, NotAction }) => NotAction === undefined || Effect === "Deny", "NotAction only for what is denied");

/** An IAM policy: a role's own, its trust, or that of a resource. */
export const policySchema = z.strictObject({ Version: z.literal("2012-10-17"), Statement: z.array(statementSchema) });

export type Statement = z.infer<typeof statementSchema>;
export type Condition = z.infer<typeof conditionSchema>;

export interface AccessRequest {
  readonly action: string;
  /** ARN; absent where a role is assumed. */
  readonly resource?: string;
  /** The service that asks; only policies of resources and trust policies look at it. */
  readonly service?: string;
  /** Id of the account whose user or role asks: its root stands for all of them in a resource's policy. */
  readonly account?: string;
  /** Condition keys that the request carries, also for policy variables. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Whether the statements allow a request: one has to, and none may deny it. */
export function isAllowed(statements: readonly Statement[], request: AccessRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === "Allow");
}

/** Whether a statement has anything to say about a request. */
export function applies(statement: Statement, request: AccessRequest): boolean {
  const { Condition } = statement;
  const { action, context = {} } = request;
  // Conditions first: one may say that a variable has a value.
  return (
    isOf(statement, action) &&
    isAbout(statement.Principal, request) &&
    operatorSchema.options.every((operator) =>
      Object.entries(Condition?.[operator] ?? {}).every(([key, values]) => holds(operator, values, context[key])),
    ) &&
    isOn(statement, request)
  );
}

function isOf({ Action, NotAction }: Statement, action: string): boolean {
  const names = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, action, { flags: "i" }));
  return NotAction === undefined ? names(Action) : !names(NotAction);
}

function isAbout(principal: Statement["Principal"], { service, account }: AccessRequest): boolean {
  if (principal === undefined || principal === "*") {
    return true;
  }
  const { Service = [], AWS = [] } = principal;
  return (
    Service.some((name) => name === service) ||
    (account !== undefined && AWS.some((arn) => arn.endsWith(`:iam::${account}:root`)))
  );
}

function isOn({ Resource, NotResource }: Statement, { resource, context = {} }: AccessRequest): boolean {
  const names = (patterns: readonly string[]) =>
    resource !== undefined && patterns.some((pattern) => matchesArn(pattern, resource, context));
  return (Resource === undefined || names(Resource)) && (NotResource === undefined || !names(NotResource));
}

type Operator = z.infer<typeof operatorSchema>;

const TESTS: Readonly<Record<Operator, (expected: string, actual: string) => boolean>> = {
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  ArnNotLike: (expected, actual) => !matchesArn(expected, actual),
  Bool: (expected, actual) => expected === actual,
  Null: () => false,
  StringEquals: (expected, actual) => expected === actual,
  StringLike: (expected, actual) => matches(expected, actual),
  StringLikeIfExists: (expected, actual) => matches(expected, actual),
  StringNotEquals: (expected, actual) => expected !== actual,
};

/** One of the values has to fit; of those of an operator with Not, every one. Where there is no key, Not holds. */
function holds(operator: Operator, values: readonly string[], actual: string | undefined): boolean {
  if (operator === "Null") {
    return values.some((value) => value === String(actual === undefined));
  }
  const isNegated = operator.includes("Not");
  if (actual === undefined) {
    return isNegated || operator.endsWith("IfExists");
  }
  const test = (value: string) => TESTS[operator](value, actual);
  return isNegated ? values.every(test) : values.some(test);
}

/** Colons before the part of an ARN that names the resource. */
const ARN_COLONS = 5;

/** The parts up to the account are compared as they are, since no policy of ours has a wildcard there. */
function matchesArn(pattern: string, arn: string, context: Context = {}): boolean {
  if (pattern === "*") {
    return true;
  }
  const wanted = pattern.split(/:(?![^{]*\})/);
  const given = arn.split(":");
  const wantedStart = wanted.slice(0, ARN_COLONS).join(":");
  if (/[*?]/.test(wantedStart)) {
    throw new Error(`A wildcard before the resource of an ARN is not known here: ${pattern}`);
  }
  return (
    wantedStart === given.slice(0, ARN_COLONS).join(":") &&
    matches(wanted.slice(ARN_COLONS).join(":"), given.slice(ARN_COLONS).join(":"), { context })
  );
}

type Context = Readonly<Record<string, string>>;

/**
 * `*` is any number of characters, slashes and colons among them, `?` exactly one; `${*}`, `${?}` and `${$}` are the plain
 * characters, and `${key}` is the request's value of that key.
 */
function matches(
  pattern: string,
  text: string,
  { flags = "", context = {} }: { readonly flags?: string; readonly context?: Context } = {},
): boolean {
  const source = pattern.replace(/\$\{(.*?)\}|[\s\S]/gu, (part: string, variable: string | undefined) => {
    if (variable !== undefined) {
      return escaped(valueFor(variable, context));
    }
    return part === "*" ? ".*" : part === "?" ? "." : escaped(part);
  });
  return new RegExp(`^${source}$`, `su${flags}`).test(text);
}

/** What IAM makes of a statement whose variable has no value is not guessed at. */
function valueFor(variable: string, context: Context): string {
  const value = ["*", "?", "$"].includes(variable) ? variable : context[variable];
  if (value === undefined) {
    throw new Error(`The policy variable ${variable} has no value here`);
  }
  return value;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
