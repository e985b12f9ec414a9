import type { IncomingMessage } from "node:http";

/** Lambda's operations that concern code, configuration and invocation. */
export type LambdaOperation =
  | "CreateFunction"
  | "GetFunction"
  | "GetFunctionConfiguration"
  | "Invoke"
  | "UpdateFunctionCode"
  | "UpdateFunctionConfiguration";

const PATH = /^\/2015-03-31\/functions(?:\/([^/?]+)(?:\/([^/?]+))?)?\/?(?:\?.*)?$/;

const OPERATIONS: Readonly<Record<string, LambdaOperation>> = {
  "POST ": "CreateFunction",
  "GET /": "GetFunction",
  "GET /configuration": "GetFunctionConfiguration",
  "POST /invocations": "Invoke",
  "PUT /code": "UpdateFunctionCode",
  "PUT /configuration": "UpdateFunctionConfiguration",
};

export interface LambdaRequest {
  readonly operation: LambdaOperation;
  /** Name or ARN, as given; empty for CreateFunction, which has it in its body. */
  readonly functionName: string;
}

/** Reads a request of Lambda's REST API; nothing for operations that are of no interest here. */
export function lambdaRequest({ method = "", url = "" }: IncomingMessage): LambdaRequest | undefined {
  const [matched, name, part] = PATH.exec(url) ?? [];
  const operation = OPERATIONS[`${method} ${name === undefined ? "" : `/${part ?? ""}`}`];
  return matched === undefined || operation === undefined
    ? undefined
    : { operation, functionName: decodeURIComponent(name ?? "") };
}
