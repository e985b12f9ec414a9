import * as z from "zod";
import { LOCAL_ACCOUNT, LOCAL_REGION } from "../../local/deployment/account";
import type { NamedRequest } from "../../local/faults/named-request";
import { connectorArn } from "../../local/transfer/connector";
import type { AccessRequest } from "./policy";

/** One thing that an actor did, and one permission that it took. */
export interface Call extends AccessRequest {
  readonly actor: string;
  /** As the API calls it. */
  readonly operation: string;
  readonly resource: string;
}

/** A request of a function to the local endpoint, with what came of it. */
export interface ObservedRequest extends NamedRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of a JSON service; empty for S3. */
  readonly document: string;
  /** HTTP status of the answer. */
  readonly status: number;
}

/** ARNs of KMS keys, by the name of the bucket or the ARN of the topic or secret that is encrypted with one. */
export type Keys = ReadonlyMap<string, string>;

export type Tags = Readonly<Record<string, string>>;

/** What requests carry of the things that they are about. */
export interface Deployed {
  readonly keys: Keys;
  readonly connectorTags: Tags;
}

/** Where the calls of one operation are made out. */
export class Caller {
  constructor(
    private readonly actor: string,
    private readonly operation: string,
    private readonly keys: Keys,
  ) {}

  to(action: string, resource: string, context: Readonly<Record<string, string>> = {}): Call {
    const inAccount = { "aws:ResourceAccount": LOCAL_ACCOUNT, ...context };
    return { actor: this.actor, operation: this.operation, action, resource, context: inAccount };
  }

  /** What else is needed on the key of something encrypted, which its service uses for the caller. */
  withKeyOf(encrypted: string, ...actions: readonly `kms:${string}`[]): Call[] {
    const key = this.keys.get(encrypted);
    const service = /^arn:aws:([a-z]+):/.exec(encrypted)?.[1] ?? "s3";
    const context = { "kms:ViaService": `${service}.${LOCAL_REGION}.amazonaws.com` };
    return key === undefined ? [] : actions.map((action) => this.to(action, key, context));
  }
}

const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string): string => `${bucketArn(bucket)}/${key}`;

/**
 * The permissions that a request takes (Service Authorization Reference).
 * @throws Error for a request that has no place here yet.
 */
export function callsOf(request: ObservedRequest, { keys, connectorTags }: Deployed): Call[] {
  const caller = new Caller(request.caller, request.operation, keys);
  if (request.object !== undefined) {
    return s3Calls(request, request.object, caller);
  }
  const service = JSON_OPERATIONS[request.operation];
  if (service === undefined) {
    throw new Error(`Which permission does ${request.operation} take?`);
  }
  const [action, resource] = service;
  // A request for a connector carries the connector's tags (Service Authorization Reference, AWS Transfer Family).
  const tags = action.startsWith("transfer:") ? resourceTags(connectorTags) : {};
  return [caller.to(action, resource(JSON.parse(request.document)), tags)];
}

export function resourceTags(tags: Tags): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

const field =
  (name: string) =>
  (document: unknown): string =>
    z
      .record(z.string(), z.unknown())
      .pipe(z.looseObject({ [name]: z.string() }))
      .parse(document)[name] ?? "";

const connectorOf = (document: unknown): string => connectorArn(field("ConnectorId")(document));

/** By operation: the action, and how the request's document names the resource. */
const JSON_OPERATIONS: Readonly<Record<string, readonly [action: string, resource: (document: unknown) => string]>> = {
  DescribeConnector: ["transfer:DescribeConnector", connectorOf],
  UpdateConnector: ["transfer:UpdateConnector", connectorOf],
  StartDirectoryListing: ["transfer:StartDirectoryListing", connectorOf],
  StartFileTransfer: ["transfer:StartFileTransfer", connectorOf],
  ListFileTransferResults: ["transfer:ListFileTransferResults", connectorOf],
  DescribeSecret: ["secretsmanager:DescribeSecret", field("SecretId")],
  DescribeExecution: ["states:DescribeExecution", field("executionArn")],
  StartExecution: ["states:StartExecution", field("stateMachineArn")],
};

function s3Calls(
  { operation, headers, status }: ObservedRequest,
  { bucket, key }: NonNullable<NamedRequest["object"]>,
  caller: Caller,
): Call[] {
  const object = objectArn(bucket, key);
  // Without s3:ListBucket the answer for what is not there would be a 403 (S3 API reference, HeadObject and GetObject).
  const absent = status === 404 ? [caller.to("s3:ListBucket", bucketArn(bucket))] : [];
  // An If-Match with an ETag takes s3:GetObject too (S3 user guide, "Enforce conditional deletes"). Of PutObject the guide
  // does not say so; it is taken to be the same.
  const compared = headers["if-match"] === undefined ? [] : [caller.to("s3:GetObject", object)];
  switch (operation) {
    case "GetObject":
      return [caller.to("s3:GetObject", object), ...(status < 300 ? caller.withKeyOf(bucket, "kms:Decrypt") : absent)];
    case "HeadObject":
      if (headers["x-amz-checksum-mode"] !== undefined) {
        throw new Error("A HEAD that asks for the checksum takes kms:Decrypt (S3 API reference, HeadObject)");
      }
      return [caller.to("s3:GetObject", object), ...absent];
    case "PutObject":
      return [caller.to("s3:PutObject", object), ...compared, ...caller.withKeyOf(bucket, "kms:GenerateDataKey")];
    case "DeleteObject":
      return [caller.to("s3:DeleteObject", object), ...compared];
    case "ListObjectsV2":
      return [caller.to("s3:ListBucket", bucketArn(bucket), { "s3:prefix": key })];
    default:
      throw new Error(`Which permission does this request to ${object} take?`);
  }
}
