import {
  DescribeConnectorCommand,
  type DescribedConnector,
  ResourceNotFoundException,
  TransferClient,
} from "@aws-sdk/client-transfer";
import { parseHostKey } from "../../../config/fields/host-keys";
import { parseSecurityPolicyName } from "../../../config/fields/security-policy";
import { parseUrl } from "../../../config/fields/url";
import { serverNames } from "../../../config/naming/aws-names";
import { INSTALLATION_TAG } from "../../../config/naming/tags";
import { shortened } from "../../../contract/printable";
import { DEFAULT_CONCURRENT_CONNECTIONS } from "../../../functions/aws/connector-service";
import { UserError } from "../../../local/errors/user-error";
import type { AwsSession } from "../aws/access/session";

/** What of a connector a definition can say. */
export interface ExistingConnector {
  readonly id: string;
  /** `host` or `host:port`. */
  readonly url: string;
  /** Each as `type base64`. */
  readonly hostKeys: readonly string[];
  readonly securityPolicyName?: string;
  readonly maxConcurrentConnections: number;
  /** Addresses that the remote server lets in. */
  readonly egressIps: readonly string[];
  /** ARN of the secret with its credentials; absent where the service shows none. */
  readonly secret?: string;
  /** What the definition cannot say, and what becomes of it. */
  readonly warnings: readonly string[];
}

/** Characters of the names of tags that a warning shows. */
const MOST_OF_TAGS = 500;

/** As the service writes ids. */
const ID = /^c-[0-9a-f]{17}$/;

/** @throws UserError where there is no such connector, or none that a definition can describe. @throws AwsFailure */
export async function existingConnector(session: AwsSession, id: string, server: string): Promise<ExistingConnector> {
  if (!ID.test(id)) {
    throw new UserError(`${JSON.stringify(id)} is no connector's id (allowed: c- and 17 of 0-9 and a-f)`, {
      next: "aws transfer list-connectors shows the ids",
    });
  }
  const client = new TransferClient(session.config);
  try {
    const connector = await session.ask(`transfer:DescribeConnector ${id}`, () => describe(client, id));
    if (connector === undefined) {
      const { id: account } = await session.account();
      throw new UserError(`There is no connector ${id} in the account ${account} in ${session.config.region}`, {
        next: "aws transfer list-connectors shows the ids; name another account with --profile, or --region",
      });
    }
    return described(id, connector, serverNames(session.installation, server).secret);
  } finally {
    client.destroy();
  }
}

async function describe(client: TransferClient, ConnectorId: string): Promise<DescribedConnector | undefined> {
  try {
    return (await client.send(new DescribeConnectorCommand({ ConnectorId }))).Connector;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw error;
  }
}

function described(id: string, connector: DescribedConnector, ownSecret: string): ExistingConnector {
  const {
    Url = "",
    SftpConfig,
    SecurityPolicyName: policy,
    ServiceManagedEgressIpAddresses: egressIps = [],
  } = connector;
  if (connector.As2Config !== undefined && SftpConfig === undefined) {
    throw new UserError(`The connector ${id} speaks AS2, and definitions are for SFTP servers`, {
      next: "name an SFTP connector",
    });
  }
  const keys = SftpConfig?.TrustedHostKeys ?? [];
  const hostKeys = keys.flatMap((key) => parseHostKey(key).value ?? []);
  const isPolicyKnown = policy !== undefined && parseSecurityPolicyName(policy).value !== undefined;
  const secret = SftpConfig?.UserSecretId;
  return {
    id,
    url: urlOf(id, Url),
    hostKeys,
    ...(isPolicyKnown ? { securityPolicyName: policy } : {}),
    maxConcurrentConnections: SftpConfig?.MaxConcurrentConnections ?? DEFAULT_CONCURRENT_CONNECTIONS,
    egressIps,
    ...(secret === undefined ? {} : { secret }),
    warnings: [
      ...keyWarnings(keys, hostKeys),
      ...(policy !== undefined && !isPolicyKnown
        ? [`SecurityPolicyName ${policy} is none that a definition takes`]
        : []),
      ...egressWarnings(connector),
      ...tagWarnings(connector),
      ...roleWarnings(connector),
      ...secretWarnings(secret, ownSecret),
    ],
  };
}

/** @throws UserError for one that no definition takes. It is not shown: a password may stand in it. */
function urlOf(id: string, written: string): string {
  const { value, findings } = parseUrl(written);
  if (value === undefined) {
    const reasons = findings.map(({ message, allowed }) => `${message} (allowed: ${allowed})`);
    throw new UserError(`The Url of the connector ${id} is none that a definition takes: ${reasons.join("; ")}`, {
      next: `aws transfer describe-connector --connector-id ${id} shows it; correct it there, or write the definition by hand`,
    });
  }
  return value;
}

function keyWarnings(keys: readonly string[], hostKeys: readonly string[]): string[] {
  if (keys.length === 0) {
    return ["It trusts no host key: ask the server's owner for them, and name them with --public-key"];
  }
  const lost = keys.length - hostKeys.length;
  return lost === 0 ? [] : [`${lost} of its host keys are of a form that a definition does not take, and are left out`];
}

/** Its own network is nothing that a definition or the stacks know of. */
function egressWarnings({ EgressType, IpAddressType, EgressConfig }: DescribedConnector): string[] {
  return [
    ...(EgressConfig !== undefined || (EgressType !== undefined && EgressType !== "SERVICE_MANAGED")
      ? [
          `It connects through ${EgressType ?? "a network of its own"}: the stacks do not manage that, and nobody has tried it`,
        ]
      : []),
    ...(IpAddressType !== undefined && IpAddressType !== "IPV4"
      ? [`Its IpAddressType is ${IpAddressType}: the stacks do not manage that`]
      : []),
  ];
}

function tagWarnings({ Tags = [] }: DescribedConnector): string[] {
  const value = (key: string) => Tags.find(({ Key }) => Key === key)?.Value;
  const stack = value("aws:cloudformation:stack-name");
  const owner = value(INSTALLATION_TAG);
  const others = Tags.flatMap(({ Key = "" }) => (/^aws:|^Name$/.test(Key) || Key === INSTALLATION_TAG ? [] : Key));
  return [
    ...(stack === undefined
      ? []
      : [
          `The CloudFormation stack ${stack} has made it: give it DeletionPolicy: Retain there and remove it from that stack, or the ` +
            "stack will change or delete it",
        ]),
    ...(owner === undefined
      ? []
      : [`An installation with the namePrefix ${owner} manages it already: remove it there first`]),
    ...(others.length === 0
      ? []
      : [
          `Its tags go: ${shortened(others.join(", "), MOST_OF_TAGS)}. additionalTags in the settings gives tags to everything`,
        ]),
  ];
}

function roleWarnings({ AccessRole, LoggingRole }: DescribedConnector): string[] {
  const roles = [AccessRole, LoggingRole].filter((role) => role !== undefined);
  return roles.length === 0 ? [] : [`It gets roles of the stacks. Its own stay, unused: ${roles.join(", ")}`];
}

function secretWarnings(secret: string | undefined, ownSecret: string): string[] {
  if (secret === undefined) {
    return [];
  }
  return secret.includes(`:secret:${ownSecret}-`) || secret === ownSecret
    ? [
        `Its secret has the name of the stack's own, ${ownSecret}: the deployment leaves the server out until that is imported too`,
      ]
    : [
        `It gets a secret of its own, without a value: put the credentials into it. The one with the credentials stays: ${secret}`,
      ];
}
