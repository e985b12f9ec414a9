import type { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";
import type { EngineSettings } from "../../contract/engine-settings";
import type { ServerDefinition } from "../../contract/model";
import { runMetricsNamespace } from "../naming/names";
import type { RunFunctions } from "../state-machine/definition";
import { jsonText } from "../terraform/terraform-text";
import type { ServiceRole } from "./service-role";
import { ZipFunction } from "./zip-function";

export interface EngineFunctionsProps {
  readonly settings: Settings;
  readonly server: ServerDefinition;
  readonly functionsDir: string;
  /** A function's physical name from its zip's. */
  readonly functionName: (zip: string) => string;
  readonly role: ServiceRole;
  readonly secretArn: string;
  readonly keyArn: string;
}

const ZIPS = {
  remoteFoldersList: { zip: "remote-folders-list", description: "starts directory listings" },
  getListStatus: { zip: "get-list-status", description: "collects directory listings" },
  syncRemoteFolder: { zip: "sync-remote-folder", description: "decides, starts and verifies transfers" },
  finishRun: { zip: "finish-run", description: "writes the report and decides the outcome" },
} as const satisfies Record<keyof RunFunctions, { readonly zip: string; readonly description: string }>;

/** Physical names of a run's functions by their zips, for what must not refer to the functions themselves. */
export function engineFunctionNames(functionName: (zip: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.values(ZIPS).map(({ zip }) => [zip, functionName(zip)]));
}

/**
 * Creates the four functions of a server's runs, straight in the stack so that their addresses are their names. All act
 * under one role and are told the same.
 * @returns their ARNs.
 */
export function createEngineFunctions(stack: Construct, props: EngineFunctionsProps): RunFunctions {
  const { settings, server, functionsDir, functionName, role, secretArn, keyArn } = props;
  const { connectorLimits, timeouts, roundsPerExecution } = settings;
  const engineSettings: EngineSettings = { connectorLimits, timeouts, roundsPerExecution };
  const environment = {
    SERVER_NAME: server.name,
    SECRET_ARN: secretArn,
    MAX_CONCURRENT_CONNECTIONS: String(server.maxConcurrentConnections),
    METRICS_NAMESPACE: runMetricsNamespace(settings.namePrefix),
    ENGINE_SETTINGS: jsonText(engineSettings),
  };
  const create = ({ zip, description }: (typeof ZIPS)[keyof typeof ZIPS]) =>
    new ZipFunction(stack, zip.replaceAll("-", "_"), {
      settings,
      functionName: functionName(zip),
      description: `SFTP sync ${server.name}: ${description}`,
      functionsDir,
      zip,
      role,
      keyArn,
      memoryMegabytes: 512,
      timeoutSeconds: settings.timeouts.lambda,
      environment,
    }).arn;
  return {
    remoteFoldersList: create(ZIPS.remoteFoldersList),
    getListStatus: create(ZIPS.getListStatus),
    syncRemoteFolder: create(ZIPS.syncRemoteFolder),
    finishRun: create(ZIPS.finishRun),
  };
}
