import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";
import { lambdaLogGroup } from "../naming/names";
import { literal } from "../terraform/terraform-text";
import type { ZipAsset } from "./function-zips";
import type { ServiceRole } from "./service-role";

export interface ZipFunctionProps {
  readonly settings: Settings;
  readonly functionName: string;
  readonly description: string;
  readonly zip: ZipAsset;
  /** The function's module in the zip, without `.mjs`. */
  readonly module: string;
  readonly role: ServiceRole;
  /** Key for the log group. */
  readonly keyArn: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Executions at a time, which are kept for it; without it, those that the account has for all functions. */
  readonly reservedConcurrency?: number | undefined;
  /** Beside the variables that every function has. */
  readonly environment: Readonly<Record<string, string>>;
  /** Queue for asynchronous events that the function failed to handle; the role must be allowed to send there. */
  readonly deadLetterQueueArn?: string;
}

/**
 * A Lambda function from a built zip, with a log group of its own that exists before the function can write to it.
 * Its code is updated only when the zip's bytes change. Grants nothing: that is its role's concern.
 */
export class ZipFunction extends Construct {
  readonly arn: string;
  /** A reference to the function itself, so that what uses it waits for it. */
  readonly functionName: string;

  constructor(scope: Construct, id: string, props: ZipFunctionProps) {
    super(scope, id);
    const { settings, functionName, zip, role, deadLetterQueueArn } = props;
    const logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: lambdaLogGroup(functionName),
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: props.keyArn,
    });
    const lambda = new LambdaFunction(this, "function", {
      functionName,
      description: props.description,
      filename: zip.path,
      sourceCodeHash: zip.sourceCodeHash,
      handler: `${props.module}.handler`,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memorySize: props.memoryMegabytes,
      timeout: props.timeoutSeconds,
      reservedConcurrentExecutions: props.reservedConcurrency,
      role: role.arn,
      environment: {
        variables: {
          ...props.environment,
          POWERTOOLS_SERVICE_NAME: literal(settings.serviceName),
          POWERTOOLS_LOG_LEVEL: settings.logLevel,
        },
      },
      ...(deadLetterQueueArn === undefined ? {} : { deadLetterConfig: { targetArn: deadLetterQueueArn } }),
      dependsOn: [logGroup, role.policy],
    });
    this.arn = lambda.arn;
    this.functionName = lambda.functionName;
  }
}
