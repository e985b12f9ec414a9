import * as z from "zod";

const list = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => [value].flat());

/** Those that the policies here use; another one is refused, not overlooked. */
const operatorSchema = z.enum(["ArnEquals", "ArnLike", "Bool", "StringEquals", "StringLike", "StringLikeIfExists"]);

const conditionSchema = z.partialRecord(operatorSchema, z.record(z.string(), list));

/** Strict for the sake of `NotAction`, `NotResource` and `NotPrincipal`. */
const statementSchema = z.strictObject({
  Sid: z.string().regex(/^[A-Za-z0-9]+$/),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), list)]).optional(),
  Action: list,
  Resource: list.optional(),
  Condition: conditionSchema.optional(),
});

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
  /** Condition keys that the request carries. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Whether the statements allow a request: one has to, and none may deny it. */
export function isAllowed(statements: readonly Statement[], request: AccessRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === "Allow");
}

/** Whether a statement has anything to say about a request. */
export function applies(statement: Statement, { action, resource, service, context = {} }: AccessRequest): boolean {
  const { Principal, Action, Resource, Condition } = statement;
  return (
    Action.some((pattern) => matches(pattern, action, "i")) &&
    (Resource === undefined || (resource !== undefined && Resource.some((pattern) => matchesArn(pattern, resource)))) &&
    (Principal === undefined || Principal === "*" || (Principal.Service ?? []).some((name) => name === service)) &&
    operatorSchema.options.every((operator) =>
      Object.entries(Condition?.[operator] ?? {}).every(([key, values]) => holds(operator, values, context[key])),
    )
  );
}

type Operator = z.infer<typeof operatorSchema>;

const TESTS: Readonly<Record<Operator, (expected: string, actual: string) => boolean>> = {
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (expected, actual) => expected === actual,
  StringEquals: (expected, actual) => expected === actual,
  StringLike: (expected, actual) => matches(expected, actual),
  StringLikeIfExists: (expected, actual) => matches(expected, actual),
};

/** One of the values has to fit. */
function holds(operator: Operator, values: readonly string[], actual: string | undefined): boolean {
  return actual === undefined ? operator.endsWith("IfExists") : values.some((value) => TESTS[operator](value, actual));
}

/** Colons before the part of an ARN that names the resource. */
const ARN_COLONS = 5;

/** The parts up to the account are compared as they are, since no policy of ours has a wildcard there. */
function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === "*") {
    return true;
  }
  const wanted = pattern.split(":");
  const given = arn.split(":");
  const wantedStart = wanted.slice(0, ARN_COLONS).join(":");
  if (/[*?]/.test(wantedStart)) {
    throw new Error(`A wildcard before the resource of an ARN is not known here: ${pattern}`);
  }
  return (
    wantedStart === given.slice(0, ARN_COLONS).join(":") &&
    matches(wanted.slice(ARN_COLONS).join(":"), given.slice(ARN_COLONS).join(":"))
  );
}

/**
 * `*` is any number of characters, slashes and colons among them, `?` exactly one; `${*}`, `${?}` and `${$}` are the plain
 * characters.
 */
function matches(pattern: string, text: string, flags = ""): boolean {
  const source = pattern.replace(/\$\{(.*?)\}|[\s\S]/gu, (part: string, variable: string | undefined) => {
    if (variable !== undefined) {
      return escaped(plainCharacter(variable));
    }
    return part === "*" ? ".*" : part === "?" ? "." : escaped(part);
  });
  return new RegExp(`^${source}$`, `su${flags}`).test(text);
}

function plainCharacter(variable: string): string {
  if (!["*", "?", "$"].includes(variable)) {
    throw new Error(`The policy variable ${variable} is not known here`);
  }
  return variable;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
