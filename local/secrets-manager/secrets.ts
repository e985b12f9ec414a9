import * as z from "zod";
import { type JsonService, parseInput, ServiceError } from "../endpoint/json-service";

const requestSchema = z.object({ SecretId: z.string().min(1) });

export interface LocalSecret {
  readonly name: string;
  readonly arn: string;
  /** Whether it holds a value; an empty container has no version at all. */
  readonly hasValue: boolean;
}

/** Secrets Manager's DescribeSecret (`secretsmanager`). There are no values here: the connector gets its own credentials. */
export function createSecretsService(secrets: readonly LocalSecret[]): JsonService {
  return {
    DescribeSecret(input) {
      const { SecretId } = parseInput(requestSchema, input, "InvalidParameterException");
      const secret = secrets.find(({ name, arn }) => SecretId === name || SecretId === arn);
      if (secret === undefined) {
        throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
      }
      return {
        ARN: secret.arn,
        Name: secret.name,
        ...(secret.hasValue ? { VersionIdsToStages: { [VERSION_ID]: ["AWSCURRENT"] } } : {}),
      };
    },
  };
}

const VERSION_ID = "00000000-0000-4000-8000-000000000001";
