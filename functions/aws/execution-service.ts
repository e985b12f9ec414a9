import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { ExecutionService } from "../../engine/ports/services";

export function executionService(client: SFNClient): ExecutionService {
  return {
    isRunning: async (executionArn) => {
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
        return status === "RUNNING" || status === "PENDING_REDRIVE";
      } catch (error) {
        // Step Functions forgets an execution 90 days after it closed.
        if (error instanceof ExecutionDoesNotExist) {
          return false;
        }
        throw error;
      }
    },
    start: async (stateMachineArn, name, input) => {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) {
          throw error;
        }
      }
    },
  };
}
