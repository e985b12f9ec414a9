import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import * as z from "zod";
import type { RequestHandler } from "../../../local/endpoint/loopback-server";
import { FunctionFailed } from "../../../local/lambda/invocation";
import type { DeadLetterConfigs } from "./dead-letter-configs";
import type { DeployedFunctions } from "./deployed-functions";
import { type Forward, writeAnswer } from "./forward";
import { lambdaRequest } from "./lambda-request";

export interface LambdaEndpointOptions {
  readonly functions: DeployedFunctions;
  readonly deadLetters: DeadLetterConfigs;
  readonly forward: Forward;
}

const codeSchema = z.object({ ZipFile: z.base64().optional(), Code: z.object({ ZipFile: z.base64() }).optional() });

/** Lambda in front of the emulator, which keeps functions, but cannot run them and forgets their dead-letter queues. */
export function lambdaEndpoint({ functions, deadLetters, forward }: LambdaEndpointOptions) {
  return (next: RequestHandler): RequestHandler =>
    async (request, response) => {
      const asked = lambdaRequest(request);
      if (asked === undefined) {
        return next(request, response);
      }
      const body = await buffer(request);
      switch (asked.operation) {
        case "Invoke":
          return invoke(functions, asked.functionName, body, response);
        case "CreateFunction":
        case "UpdateFunctionCode": {
          const { ZipFile, Code } = codeSchema.parse(JSON.parse(body.toString()));
          functions.keep(Buffer.from(ZipFile ?? Code?.ZipFile ?? "", "base64"));
        }
      }
      deadLetters.remember(asked, body);
      return writeAnswer(response, deadLetters.amend(asked, await forward(request, body)));
    };
}

async function invoke(
  functions: DeployedFunctions,
  functionName: string,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const answer = (headers: Record<string, string>, payload: unknown) =>
    response
      .writeHead(200, {
        ...headers,
        "content-type": "application/json",
        "x-amzn-requestid": randomUUID(),
        "x-amz-executed-version": "$LATEST",
      })
      .end(JSON.stringify(payload ?? null));
  try {
    answer({}, await functions.invoke(functionName, JSON.parse(body.toString() || "{}")));
  } catch (error) {
    if (!(error instanceof FunctionFailed)) {
      throw error;
    }
    answer({ "x-amz-function-error": "Unhandled" }, error.payload);
  }
}
