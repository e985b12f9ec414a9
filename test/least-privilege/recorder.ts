import * as z from "zod";
import { LOCAL_ACCOUNT, LOCAL_REGION } from "../../local/deployment/account";
import type { Deployment } from "../../local/deployment/deployment";
import { nameRequest } from "../../local/faults/named-request";
import type { Interception } from "../../local/runner/interception";
import { LAMBDA_INVOKE, type PublishedMessage } from "../../local/step-functions/integrations";
import type { TransferEvent } from "../../local/transfer/transfer-events";
import { lambdaLogGroup } from "../../stacks/naming/names";
import { type Call, Caller, callsOf, type Keys, type ObservedRequest, objectArn } from "./calls";
import { ACTORS, type DeployedAccess } from "./deployed-access";

/** Writes down what everybody does in runs on this machine. */
export class Recorder {
  private readonly requests: ObservedRequest[] = [];
  private readonly objectsOfConnector: { readonly bucket: string; readonly key: string }[] = [];
  private readonly states = new Set<string>();
  private readonly topics = new Set<string>();
  private hasConnected = false;
  private hasStartedBySchedule = false;

  /** An interception that listens to another one's cloud. */
  around(inner: Interception): Interception {
    return {
      ...inner,
      remote: (next) => {
        const remote = inner.remote(next);
        const connected = () => {
          this.hasConnected = true;
        };
        return {
          list: (folder, maxItems) => {
            connected();
            return remote.list(folder, maxItems);
          },
          retrieve: (path, consume) => {
            connected();
            return remote.retrieve(path, consume);
          },
        };
      },
      events: (next) => {
        const deliver = inner.events(next);
        return (event) => {
          this.objectsOfConnector.push(...written(event));
          return deliver(event);
        };
      },
      requests: (callers) => (next) => {
        const answer = inner.requests(callers)(next);
        return async (request, response) => {
          const named = nameRequest(request);
          const chunks: Buffer[] = [];
          if (named.object === undefined) {
            // Heard while the service reads it: a listener beside a reader takes nothing away from it.
            request.on("data", (chunk: Buffer) => chunks.push(chunk));
          }
          await answer(request, response);
          const document = Buffer.concat(chunks).toString();
          this.requests.push({ ...named, headers: request.headers, document, status: response.statusCode });
        };
      },
    };
  }

  /** An execution entered a state. */
  entered(state: string): void {
    this.states.add(state);
  }

  notified({ topicArn }: PublishedMessage): void {
    this.topics.add(topicArn);
  }

  /** A run was started as by its schedule. */
  startedBySchedule(): void {
    this.hasStartedBySchedule = true;
  }

  /** Everything that was done, as permissions that it took. */
  calls({ deployment, access, keys }: Deployed): Call[] {
    const functions = new Set(this.requests.map(({ caller }) => caller));
    return [
      ...this.requests.flatMap((request) => callsOf(request, { keys, connectorTags: access.connectorTags })),
      // Lambda writes a function's log under the function's role.
      ...[...functions].flatMap((name) => logCalls(name, lambdaLogGroup(name), keys)),
      ...this.connectorCalls(deployment, keys),
      ...(this.hasConnected ? logCalls(ACTORS.connectorLog, access.connectorLogGroup, keys) : []),
      ...this.stateMachineCalls(deployment, keys),
      ...(this.hasStartedBySchedule
        ? [new Caller(ACTORS.schedule, "StartExecution", keys).to("states:StartExecution", access.scheduleTarget)]
        : []),
    ];
  }

  private connectorCalls({ connector }: Deployment, keys: Keys): Call[] {
    const secret = new Caller(ACTORS.connector, "GetSecretValue", keys);
    const object = new Caller(ACTORS.connector, "PutObject", keys);
    return [
      ...(this.hasConnected
        ? [
            secret.to("secretsmanager:GetSecretValue", connector.userSecretId),
            ...secret.withKeyOf(connector.userSecretId, "kms:Decrypt"),
          ]
        : []),
      ...this.objectsOfConnector.flatMap(({ bucket, key }) => [
        object.to("s3:PutObject", objectArn(bucket, key)),
        // An upload in parts takes both (AWS Knowledge Center, "multipart upload SSE-KMS"), and large files need parts.
        ...object.withKeyOf(bucket, "kms:Decrypt", "kms:GenerateDataKey"),
      ]),
    ];
  }

  private stateMachineCalls({ stateMachine }: Deployment, keys: Keys): Call[] {
    const invoke = new Caller(ACTORS.stateMachine, "Invoke", keys);
    const publish = new Caller(ACTORS.stateMachine, "Publish", keys);
    const { States } = definitionSchema.parse(JSON.parse(stateMachine.definition));
    const invoked = Object.entries(States).flatMap(([state, { Resource, Parameters }]) =>
      this.states.has(state) && Resource === LAMBDA_INVOKE ? [Parameters?.FunctionName ?? ""] : [],
    );
    return [
      ...invoked.map((arn) => invoke.to("lambda:InvokeFunction", arn)),
      ...[...this.topics].flatMap((arn) => [
        publish.to("sns:Publish", arn),
        // SNS developer guide, "Enable compatibility between event sources and encrypted topics".
        ...publish.withKeyOf(arn, "kms:Decrypt", "kms:GenerateDataKey"),
      ]),
    ];
  }
}

/** What the runs were made in. */
export interface Deployed {
  readonly deployment: Deployment;
  readonly access: DeployedAccess;
  readonly keys: Keys;
}

const definitionSchema = z.object({
  States: z.record(
    z.string(),
    z.object({
      Resource: z.string().optional(),
      Parameters: z.object({ FunctionName: z.string().optional() }).optional(),
    }),
  ),
});

const locationSchema = z.object({ bucket: z.string(), key: z.string() });

/** The object that the connector has written when it raises an event of success. */
function written({ "detail-type": type, detail }: TransferEvent): { bucket: string; key: string }[] {
  const location = detail["output-file-location"] ?? detail["local-file-location"];
  return type.endsWith("Completed") ? [locationSchema.parse(location)] : [];
}

function logCalls(actor: string, group: string, keys: Keys): Call[] {
  const logs = new Caller(actor, "PutLogEvents", keys);
  const stream = `arn:aws:logs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:log-group:${group}:log-stream:any`;
  return [logs.to("logs:CreateLogStream", stream), logs.to("logs:PutLogEvents", stream)];
}
