import { devNull } from "node:os";
import { basename } from "node:path";

/** A deployed function: what the stack says about it, and where its zip is. */
export interface FunctionConfig {
  readonly name: string;
  readonly arn: string;
  readonly zipPath: string;
  /** `MODULE.handler`, as the stack writes it: what the zip's `MODULE.mjs` exports. */
  readonly handler: string;
  /** The handler's environment, as the stack writes it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

/** What Lambda adds to every function of an account; here the endpoint and credentials that only it accepts. */
export interface Platform {
  readonly region: string;
  /** The local AWS endpoint, and what requests to it are signed with. */
  readonly endpoint: { readonly url: string; readonly secretAccessKey: string };
}

/** The name of a function's module, which is the same in every stack. */
export function moduleOf({ handler }: Pick<FunctionConfig, "handler">): string {
  return basename(handler, ".handler");
}

/** The whole environment of a function: its own variables and Lambda's, nothing of this process. */
export function functionEnvironment(config: FunctionConfig, { region, endpoint }: Platform): Record<string, string> {
  return {
    ...config.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint.url,
    // As the credentials of its role would, it tells who calls.
    AWS_ACCESS_KEY_ID: config.name,
    AWS_SECRET_ACCESS_KEY: endpoint.secretAccessKey,
    // The SDK would read the user's own files, which can name other endpoints.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_LAMBDA_FUNCTION_NAME: config.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${config.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
    // The SDK warns when Node.js is older than the deployed runtime's.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    LAMBDA_TASK_ROOT: "/var/task",
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
  };
}
