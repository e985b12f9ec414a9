import * as z from "zod";
import { engineSettingsSchema } from "../contract/engine-settings";
import { firstIssues } from "../contract/first-issues";

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    context.addIssue({ code: "custom", message: `not JSON: ${String(error)}` });
    return z.NEVER;
  }
});

const engineEnvSchema = z
  .object({
    SERVER_NAME: z.string().min(1),
    SECRET_ARN: z.string().min(1),
    MAX_CONCURRENT_CONNECTIONS: z.coerce.number().int().min(1).max(5),
    METRICS_NAMESPACE: z.string().min(1),
    ENGINE_SETTINGS: json.pipe(engineSettingsSchema),
  })
  .transform((env) => ({
    serverName: env.SERVER_NAME,
    secretArn: env.SECRET_ARN,
    maxConcurrentConnections: env.MAX_CONCURRENT_CONNECTIONS,
    metricsNamespace: env.METRICS_NAMESPACE,
    ...env.ENGINE_SETTINGS,
  }));

/** What the stack tells the Lambdas of a run. */
export type EngineEnv = z.infer<typeof engineEnvSchema>;

const recorderEnvSchema = z
  .object({ LIST_RESULTS_BUCKET: z.string().min(1) })
  .transform((env) => ({ listResultsBucket: env.LIST_RESULTS_BUCKET }));

/** What the stack tells the recorder of failed listings. */
export type RecorderEnv = z.infer<typeof recorderEnvSchema>;

function parseEnv<T>(schema: z.ZodType<T>, env: NodeJS.ProcessEnv): T {
  const result = schema.safeParse(env);
  if (!result.success) {
    throw new Error(`The function's environment is not as its stack writes it:\n${firstIssues(result.error)}`);
  }
  return result.data;
}

/** @throws Error naming every variable that is missing or wrong. */
export const readEngineEnv = (env: NodeJS.ProcessEnv): EngineEnv => parseEnv(engineEnvSchema, env);

/** @throws Error naming every variable that is missing or wrong. */
export const readRecorderEnv = (env: NodeJS.ProcessEnv): RecorderEnv => parseEnv(recorderEnvSchema, env);
