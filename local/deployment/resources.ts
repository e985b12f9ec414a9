import * as z from "zod";

/** A block that the provider takes once; CDKTF writes it as an object or as a list of one. */
function block<T extends z.ZodType>(schema: T) {
  return z.union([schema, z.tuple([schema]).transform(([only]) => only)]);
}

const schemas = {
  aws_lambda_function: z.object({
    function_name: z.string(),
    filename: z.string(),
    handler: z.string().endsWith(".handler"),
    timeout: z.number(),
    memory_size: z.number(),
    environment: block(z.object({ variables: z.record(z.string(), z.string()) })).optional(),
  }),
  aws_lambda_invocation: z.object({ function_name: z.string(), input: z.string() }),
  aws_sfn_state_machine: z.object({ name: z.string(), definition: z.string() }),
  aws_scheduler_schedule: z.object({ target: block(z.object({ arn: z.string(), input: z.string() })) }),
  aws_ssm_parameter: z.object({ name: z.string(), value: z.string() }),
  aws_transfer_connector: z.object({
    url: z.string(),
    security_policy_name: z.string().optional(),
    sftp_config: block(z.object({ user_secret_id: z.string(), trusted_host_keys: z.array(z.string()) })),
  }),
  aws_secretsmanager_secret: z.object({ name: z.string() }),
  aws_cloudwatch_event_rule: z.object({ name: z.string(), event_pattern: z.string() }),
  aws_cloudwatch_event_target: z.object({ rule: z.string(), arn: z.string() }),
  aws_s3_bucket: z.object({ bucket: z.string() }),
};

type Resources = { readonly [T in keyof typeof schemas]: z.output<(typeof schemas)[T]> };
export type ResourceType = keyof Resources;
export type Resource<T extends ResourceType> = Resources[T];

type ObjectSchema<T> = z.ZodType<T> & { readonly shape: object };

/** The arguments that a deployment on this machine reads, by resource type. Values are already resolved. */
export const RESOURCES: { readonly [T in ResourceType]: ObjectSchema<Resources[T]> } = schemas;
