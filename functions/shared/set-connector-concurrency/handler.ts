import { TransferClient } from "@aws-sdk/client-transfer";
import { type ConcurrencyEvent, concurrencyEventSchema } from "../../../contract/concurrency-event";
import { firstIssues } from "../../../contract/first-issues";
import { shortJson } from "../../../contract/printable";
import { logger } from "../../../engine/logger";
import { systemClock } from "../../../engine/ports/system-clock";
import { ONCE } from "../../aws/client-options";
import type { LambdaContext } from "../../runtime/lambda-context";
import { ConcurrencyNotSet } from "./errors";
import { type ConcurrencyResult, setConcurrency } from "./set-concurrency";
import type { SftpConfigService } from "./sftp-config";
import { sftpConfigService } from "./sftp-config-service";

/** Time kept for an attempt that began at the last moment, and for saying what failed. */
const CLOSING_MILLISECONDS = 30_000;

/** Of an event in a message; a right one is shorter. */
const MOST_CHARACTERS = 25_000;

let connector: SftpConfigService | undefined;

/** Invoked by Terraform while a server's stack is applied. Repeating it changes nothing. */
export async function handler(input: unknown, lambda: LambdaContext): Promise<ConcurrencyResult> {
  connector ??= sftpConfigService(new TransferClient(ONCE));
  const until = new Date(systemClock.now().getTime() + lambda.getRemainingTimeInMillis() - CLOSING_MILLISECONDS);
  try {
    const patience = { clock: systemClock, until };
    const result = await setConcurrency(parse(input), connector, patience);
    logger.info("concurrency set", { ...result });
    return result;
  } catch (error) {
    logger.error("concurrency not set", { input, error });
    throw error;
  }
}

function parse(input: unknown): ConcurrencyEvent {
  const result = concurrencyEventSchema.safeParse(input);
  if (!result.success) {
    throw new ConcurrencyNotSet(
      `The event does not say which connector to give what: ${firstIssues(result.error)}\n` +
        `Received: ${shortJson(input, MOST_CHARACTERS)}\nThe input of aws_lambda_invocation.connector_concurrency is such an event.`,
    );
  }
  return result.data;
}
