import type { Construct } from "constructs";
import { LISTING_MARKER_SUFFIXES, RUNS_PREFIX } from "../../contract/layout";
import { lambdaLogGroup, type SharedNames } from "../naming/names";
import { useKeys, writeLogs } from "../policies/policy-statements";
import type { AwsEnvironment } from "../terraform/aws-environment";
import { ServiceRole } from "./service-role";

export interface RecorderRoleProps {
  readonly aws: AwsEnvironment;
  readonly names: SharedNames;
  readonly listResultsBucketArn: string;
  readonly keyArn: string;
  readonly deadLetterQueueArn: string;
}

/**
 * The role of the recorder of listings without an output: writes markers beside the listings below `runs/`, and dead letters.
 * Reads nothing, and no other object of a run is within its reach.
 */
export class RecorderRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: RecorderRoleProps) {
    const { aws, names, listResultsBucketArn, keyArn, deadLetterQueueArn } = props;
    super(scope, id, {
      aws,
      roleName: names.recorderRole,
      part: "recorder",
      description: "Records failed and empty directory listings",
      service: "lambda.amazonaws.com",
      onBehalfOf: "anybody",
      statements: [
        {
          sid: "WriteMarkers",
          actions: ["s3:PutObject"],
          resources: LISTING_MARKER_SUFFIXES.map((suffix) => `${listResultsBucketArn}/${RUNS_PREFIX}*.json${suffix}`),
        },
        { sid: "SendDeadLetters", actions: ["sqs:SendMessage"], resources: [deadLetterQueueArn] },
        useKeys("UseKey", [keyArn], { service: "s3", region: aws.region, actions: ["kms:GenerateDataKey"] }),
        useKeys("UseQueueKey", [keyArn], { service: "sqs", region: aws.region }),
        writeLogs(aws, [lambdaLogGroup(names.recorderFunction)]),
      ],
    });
  }
}
