import type { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";
import type { EngineSettings } from "../../contract/engine-settings";
import type { ServerDefinition } from "../../contract/model";
import { RUN_FUNCTION_MEGABYTES, RUN_FUNCTIONS, type RunFunction } from "../../contract/run-loop";
import { runMetricsNamespace } from "../naming/names";
import type { RunFunctions } from "../state-machine/definition";
import { jsonText } from "../terraform/terraform-text";
import type { FunctionZips } from "./function-zips";
import type { ServiceRole } from "./service-role";
import { ZipFunction } from "./zip-function";

export interface EngineFunctionsProps {
  readonly settings: Settings;
  readonly server: ServerDefinition;
  readonly zips: FunctionZips;
  /** A function's physical name from its module's. */
  readonly functionName: (module: string) => string;
  readonly role: ServiceRole;
  readonly secretArn: string;
  readonly keyArn: string;
}

const DESCRIPTIONS: Readonly<Record<RunFunction, string>> = {
  "remote-folders-list": "starts directory listings",
  "get-list-status": "collects directory listings",
  "sync-remote-folder": "decides, starts and verifies transfers",
  "finish-run": "writes the report and decides the outcome",
};

/** Physical names of a run's functions by their modules, for what must not refer to the functions themselves. */
export function engineFunctionNames(functionName: (module: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(RUN_FUNCTIONS.map((module) => [module, functionName(module)]));
}

/**
 * Creates the four functions of a server's runs, straight in the stack so that their addresses are their names. All act
 * under one role, have one zip, and are told the same.
 * @returns their ARNs.
 */
export function createEngineFunctions(stack: Construct, props: EngineFunctionsProps): RunFunctions {
  const { settings, server, zips, functionName, role, secretArn, keyArn } = props;
  const { connectorLimits, timeouts, roundsPerExecution, runLimits } = settings;
  const engineSettings: EngineSettings = { connectorLimits, timeouts, roundsPerExecution, runLimits };
  const environment = {
    SERVER_NAME: server.name,
    SECRET_ARN: secretArn,
    MAX_CONCURRENT_CONNECTIONS: String(server.maxConcurrentConnections),
    METRICS_NAMESPACE: runMetricsNamespace(settings.namePrefix),
    ENGINE_SETTINGS: jsonText(engineSettings),
  };
  const zip = zips.addTo(stack, "run");
  const create = (module: RunFunction) =>
    new ZipFunction(stack, module.replaceAll("-", "_"), {
      settings,
      functionName: functionName(module),
      description: `SFTP sync ${server.name}: ${DESCRIPTIONS[module]}`,
      zip,
      module,
      role,
      keyArn,
      memoryMegabytes: RUN_FUNCTION_MEGABYTES,
      timeoutSeconds: settings.timeouts.lambda,
      reservedConcurrency: settings.reservedConcurrency,
      environment,
    }).arn;
  return {
    "remote-folders-list": create("remote-folders-list"),
    "get-list-status": create("get-list-status"),
    "sync-remote-folder": create("sync-remote-folder"),
    "finish-run": create("finish-run"),
  };
}
