import type { RunErrorName } from "../../contract/run-errors";
import { BackPressure } from "../ports/errors";
import type { Clock, ConnectorDescription } from "../ports/services";
import type { Slice } from "../slice";
import { pauseUntilReady, secondsOfPause } from "../work/pause";
import type { Root } from "../work/root";
import type { Work } from "../work/work";

const NOT_READY: RunErrorName = "ConnectorNotReady";

/** Whether the run waits for its connector, and has paused long enough to ask again. */
export function isLookDue(root: Root, clock: Clock): boolean {
  return root.error === undefined && root.notReadySince !== undefined && secondsOfPause(root, clock) === 0;
}

/**
 * Reads whether the connector is ready. If not, the run waits for it, and ends where that would take too long or never
 * come. Where the service says *later*, nothing is known, and the run goes on as it was.
 */
export async function lookAtConnector(slice: Slice, work: Work): Promise<void> {
  const { context, env, services } = slice;
  const { root } = work;
  const connector = await services.connector.describe(context.event.Connector).catch(unlessBusy);
  if (connector?.readiness === "ready") {
    root.notReadySince = undefined;
    root.warnings = [...new Set([...root.warnings, ...concurrencyWarnings(connector, env.maxConcurrentConnections)])];
  } else if (connector !== undefined || root.notReadySince !== undefined) {
    pauseUntilReady(work, slice);
    root.error = notReadyError(slice, root, connector);
  }
}

/** `undefined`: it may still become ready. */
function notReadyError(
  { env, services: { clock } }: Slice,
  { notReadySince }: Root,
  connector: ConnectorDescription | undefined,
): Root["error"] {
  const said = connector === undefined ? "its Status could not be read" : `its Status is ${connector.status}`;
  if (connector?.readiness === "errored") {
    return { name: NOT_READY, message: `The connector can't be used: ${said}` };
  }
  const seconds = notReadySince === undefined ? 0 : (clock.now().getTime() - Date.parse(notReadySince)) / 1000;
  return seconds < env.timeouts.connector
    ? undefined
    : { name: NOT_READY, message: `The connector was not ready within ${env.timeouts.connector} seconds: ${said}` };
}

/**
 * A connector that moves fewer files at a time than its definition says still works, only slowly. Terraform does not see
 * the value, so that a plain apply would find nothing to do.
 */
function concurrencyWarnings({ maxConcurrentConnections }: ConnectorDescription, defined: number): string[] {
  return maxConcurrentConnections === defined
    ? []
    : [
        `The connector has MaxConcurrentConnections ${maxConcurrentConnections}, its definition says ${defined}. ` +
          "To set it again: terraform apply -replace=aws_lambda_invocation.connector_concurrency in the server's stack",
      ];
}

function unlessBusy(error: unknown): undefined {
  if (!(error instanceof BackPressure)) {
    throw error;
  }
}
