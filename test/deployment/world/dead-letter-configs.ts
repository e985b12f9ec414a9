import * as z from "zod";
import type { Answer } from "./forward";
import type { LambdaRequest } from "./lambda-request";

const configSchema = z.object({ TargetArn: z.string() });

const requestSchema = z.object({ FunctionName: z.string().optional(), DeadLetterConfig: configSchema.optional() });

const configurationSchema = z.looseObject({ FunctionName: z.string() });
const functionSchema = z.looseObject({ Configuration: configurationSchema });

/** The dead-letter queues of functions, which the emulator takes and does not show. */
export class DeadLetterConfigs {
  private readonly configs = new Map<string, z.infer<typeof configSchema> | undefined>();

  remember({ operation, functionName }: LambdaRequest, body: Buffer): void {
    if (operation === "CreateFunction" || operation === "UpdateFunctionConfiguration") {
      const { FunctionName, DeadLetterConfig } = requestSchema.parse(JSON.parse(body.toString()));
      this.configs.set(FunctionName ?? functionName, DeadLetterConfig);
    }
  }

  amend({ operation }: LambdaRequest, answer: Answer): Answer {
    if (answer.status >= 300) {
      return answer;
    }
    const document: unknown = JSON.parse(answer.body.toString());
    if (operation !== "GetFunction") {
      return withDocument(answer, this.completed(configurationSchema.parse(document)));
    }
    const { Configuration, ...rest } = functionSchema.parse(document);
    return withDocument(answer, { ...rest, Configuration: this.completed(Configuration) });
  }

  private completed(configuration: z.infer<typeof configurationSchema>): object {
    return { ...configuration, DeadLetterConfig: this.configs.get(configuration.FunctionName) };
  }
}

function withDocument(answer: Answer, document: object): Answer {
  const body = Buffer.from(JSON.stringify(document));
  return { ...answer, headers: { ...answer.headers, "content-length": String(body.length) }, body };
}
