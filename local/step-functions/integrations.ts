import { randomUUID } from "node:crypto";
import * as z from "zod";
import { FunctionFailed, LambdaServiceFailed } from "../lambda/invocation";
import type { LambdaService } from "../lambda/lambda-service";
import { type Json, jsonSchema } from "./json";
import { parseParameters, TaskFailure } from "./task-failure";

/** What a Task's Resource stands for: takes the Task's parameters, gives its result, throws {@link TaskFailure}. */
export type Integration = (parameters: Json) => Promise<Json>;

/** By Resource, as Step Functions finds them. */
export type Integrations = Readonly<Record<string, Integration>>;

export const LAMBDA_INVOKE = "arn:aws:states:::lambda:invoke";
export const SNS_PUBLISH = "arn:aws:states:::sns:publish";

const invokeSchema = z.strictObject({ FunctionName: z.string().min(1), Payload: jsonSchema.default({}) });

/** The integration `lambda:invoke`. */
export function lambdaInvoke(lambda: Pick<LambdaService, "invoke">): Integration {
  return async (parameters) => {
    const { FunctionName, Payload } = parseParameters(invokeSchema, parameters);
    try {
      const result = jsonSchema.parse(await lambda.invoke(FunctionName, Payload));
      return { ExecutedVersion: "$LATEST", Payload: result, StatusCode: 200 };
    } catch (error) {
      throw taskFailure(error);
    }
  };
}

function taskFailure(error: unknown): unknown {
  if (error instanceof FunctionFailed) {
    return new TaskFailure(error.name, JSON.stringify(error.payload));
  }
  return error instanceof LambdaServiceFailed ? new TaskFailure(error.name, error.message) : error;
}

export interface PublishedMessage {
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
}

/** As SNS documents `Subject`: up to 100 ASCII characters, no control characters, beginning with a visible one. */
const SUBJECT = /^[\x21-\x7e][\x20-\x7e]{0,99}$/;

const publishSchema = z.strictObject({
  TopicArn: z.string().min(1),
  Subject: z.string().optional(),
  Message: jsonSchema,
});

/** The integration `sns:publish`. @param publish what becomes of a message. */
export function snsPublish(publish: (message: PublishedMessage) => void): Integration {
  return async (parameters) => {
    const { TopicArn, Subject, Message } = parseParameters(publishSchema, parameters);
    if (Subject !== undefined && !SUBJECT.test(Subject)) {
      throw new TaskFailure("SNS.InvalidParameterException", "Invalid parameter: Subject");
    }
    const message = typeof Message === "string" ? Message : JSON.stringify(Message);
    publish({ topicArn: TopicArn, subject: Subject, message });
    return { MessageId: randomUUID() };
  };
}
