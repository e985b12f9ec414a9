import type { Construct } from "constructs";
import { RUNS_PREFIX } from "../../contract/layout";
import { lambdaLogGroup, type SharedNames } from "../naming/names";
import { writeLogs } from "../policies/policy-statements";
import type { AwsEnvironment } from "../terraform/aws-environment";
import { ServiceRole } from "./service-role";

export interface RecorderRoleProps {
  readonly aws: AwsEnvironment;
  readonly names: SharedNames;
  readonly listResultsBucketArn: string;
  readonly keyArn: string;
  readonly deadLetterQueueArn: string;
}

/** The role of the recorder of listings without an output: writes markers below `runs/`, and dead letters. Reads nothing. */
export class RecorderRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: RecorderRoleProps) {
    const { aws, names, listResultsBucketArn, keyArn, deadLetterQueueArn } = props;
    super(scope, id, {
      aws,
      roleName: names.recorderRole,
      description: "Records failed and empty directory listings",
      service: "lambda.amazonaws.com",
      onBehalfOf: "anybody",
      statements: [
        { sid: "WriteMarkers", actions: ["s3:PutObject"], resources: [`${listResultsBucketArn}/${RUNS_PREFIX}*`] },
        { sid: "SendDeadLetters", actions: ["sqs:SendMessage"], resources: [deadLetterQueueArn] },
        { sid: "UseKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [keyArn] },
        writeLogs(aws, [lambdaLogGroup(names.recorderFunction)]),
      ],
    });
  }
}
