import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import type { Construct } from "constructs";
import { type ServerNames, serverNames } from "../config/naming/aws-names";
import type { Settings } from "../config/settings/settings";
import type { ServerDefinition } from "../contract/model";
import { BaseStack } from "./base-stack";
import { ConnectorAccessRole } from "./constructs/connector-access-role";
import { ConnectorConcurrency } from "./constructs/connector-concurrency";
import { createEngineFunctions, engineFunctionNames } from "./constructs/engine-functions";
import { EngineRole } from "./constructs/engine-role";
import type { FunctionZips } from "./constructs/function-zips";
import { createServerMonitoring, type ServerMonitoring } from "./constructs/monitoring/server-monitoring";
import { RunStateMachine } from "./constructs/run-state-machine";
import { SchedulerRole } from "./constructs/scheduler-role";
import { ServerConnector } from "./constructs/server-connector";
import { ServerSecret } from "./constructs/server-secret";
import { StateMachineRole } from "./constructs/state-machine-role";
import { SyncStart } from "./constructs/sync-start";
import { refuseForeignTargets, type SyncTargets, syncTargets } from "./constructs/sync-targets";
import { serverStackId } from "./naming/names";
import { writeServerOutputs } from "./server-outputs";
import { type RunFunctions, stateMachineDefinition } from "./state-machine/definition";
import { readSharedOutputs, type SharedOutputs } from "./terraform/shared-outputs";

export interface ServerStackProps {
  readonly settings: Settings;
  readonly server: ServerDefinition;
  readonly zips: FunctionZips;
}

/** One remote server: its secret and connector, the run's functions and state machine, and what starts its syncs. */
export class ServerStack extends BaseStack {
  private readonly server: ServerDefinition;
  private readonly zips: FunctionZips;
  private readonly names: ServerNames;
  private readonly shared: SharedOutputs;
  private readonly targets: SyncTargets;

  constructor(scope: Construct, { settings, server, zips }: ServerStackProps) {
    super(scope, serverStackId(server.name), { settings });
    this.server = server;
    this.zips = zips;
    this.names = serverNames(settings, server.name);
    this.shared = readSharedOutputs(this, this.settings);
    refuseForeignTargets(settings, server);
    this.targets = syncTargets(this.aws, settings, server.syncs);
    const secret = this.createSecret();
    const connector = this.createConnector(secret);
    const role = this.createEngineRole(connector, secret);
    const stateMachine = this.createStateMachine(this.createFunctions(role, secret));
    const starts = this.createStarts(connector, role, stateMachine, this.setConcurrency(connector, secret));
    const { unwatched } = this.watch(connector, stateMachine);
    writeServerOutputs(this, { connector, secret, stateMachine, starts, unwatched });
  }

  private createSecret(): ServerSecret {
    const { settings, names, server, shared } = this;
    return new ServerSecret(this, "credentials", {
      settings,
      secretName: names.secret,
      server: server.name,
      keyArn: shared.keyArn,
    });
  }

  private createConnector(secret: ServerSecret): ServerConnector {
    const { aws, settings, names, server, shared, targets } = this;
    const accessRole = new ConnectorAccessRole(this, "connector_access", {
      aws,
      roleName: names.connectorAccessRole,
      server: server.name,
      secretArn: secret.arn,
      shared,
      targets,
    });
    secret.readOnlyBy(accessRole);
    return new ServerConnector(this, "connector", { settings, server, secretArn: secret.arn, accessRole, shared });
  }

  private setConcurrency({ resource }: ServerConnector, secret: ServerSecret): ConnectorConcurrency {
    const { server, shared } = this;
    return new ConnectorConcurrency(this, "connector_concurrency", {
      server,
      connector: resource,
      secretArn: secret.arn,
      shared,
    });
  }

  private createEngineRole(connector: ServerConnector, secret: ServerSecret): EngineRole {
    const { aws, names, server, shared, targets } = this;
    return new EngineRole(this, "engine", {
      aws,
      roleName: names.engineRole,
      server: server.name,
      formerName: server.formerName,
      functionNames: Object.values(engineFunctionNames(names.lambdaFunction)),
      connectorArn: connector.arn,
      secretArn: secret.arn,
      stateMachineName: names.stateMachine,
      shared,
      targets,
    });
  }

  private createFunctions(role: EngineRole, secret: ServerSecret): RunFunctions {
    const { settings, server, zips, names, shared } = this;
    return createEngineFunctions(this, {
      settings,
      server,
      zips,
      functionName: names.lambdaFunction,
      role,
      secretArn: secret.arn,
      keyArn: shared.keyArn,
    });
  }

  private createStateMachine(functions: RunFunctions): RunStateMachine {
    const { aws, settings, names, server, shared } = this;
    const role = new StateMachineRole(this, "state_machine", {
      aws,
      roleName: names.stateMachineRole,
      server: server.name,
      functions,
      shared,
    });
    const { topicArn, keyArn } = shared;
    const definition = stateMachineDefinition({
      partition: aws.partition,
      server: server.name,
      functions,
      topicArn,
      timeouts: settings.timeouts,
    });
    return new RunStateMachine(this, "run", {
      settings,
      stateMachineName: names.stateMachine,
      definition,
      role,
      keyArn,
    });
  }

  private createStarts(
    connector: ServerConnector,
    engine: EngineRole,
    { arn }: RunStateMachine,
    concurrency: ConnectorConcurrency,
  ): SyncStart[] {
    const { aws, names, server, shared } = this;
    const group = new SchedulerScheduleGroup(this, "schedules", { name: names.scheduleGroup });
    const role = new SchedulerRole(this, "scheduler", {
      aws,
      roleName: names.schedulerRole,
      server: server.name,
      scheduleGroupArn: group.arn,
      stateMachineArn: arn,
      shared,
    });
    return server.syncs.map(
      (sync) =>
        new SyncStart(this, `sync_${sync.setting.Name}`, {
          server,
          sync,
          names,
          target: { connectorId: connector.connectorId, listResultsBucketName: shared.listResultsBucketName },
          stateMachineArn: arn,
          group,
          role,
          deadLetterQueueArn: shared.scheduleDeadLetterQueueArn,
          runsAfter: [connector.logGroup, engine.policy, concurrency.invocation],
        }),
    );
  }

  private watch(connector: ServerConnector, stateMachine: RunStateMachine): ServerMonitoring {
    const { settings, server, names, shared } = this;
    return createServerMonitoring(this, {
      settings,
      server,
      names,
      stateMachineArn: stateMachine.arn,
      functionNames: engineFunctionNames(names.lambdaFunction),
      connectorLogGroup: connector.logGroup,
      topicArn: shared.topicArn,
    });
  }
}
