import { serverNames } from "../../../../config/naming/aws-names";
import { listResultsBucketName } from "../../../../stacks/naming/names";
import type { AwsSession } from "../access/session";

/** Where a server's runs are, in the account of whoever calls. */
export interface RunPlaces {
  readonly stateMachineArn: string;
  /** The list-results bucket. */
  readonly bucket: string;
  executionArn(run: string): string;
}

/** @throws AwsFailure where the account is not to be learnt. */
export async function runPlaces(session: AwsSession, server: string): Promise<RunPlaces> {
  const { id, partition } = await session.account();
  const { region } = session.config;
  const name = serverNames(session.installation, server).stateMachine;
  const arn = (kind: string) => `arn:${partition}:states:${region}:${id}:${kind}:${name}`;
  return {
    stateMachineArn: arn("stateMachine"),
    bucket: listResultsBucketName(session.installation, id),
    executionArn: (run) => `${arn("execution")}:${run}`,
  };
}
