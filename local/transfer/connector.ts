import { DEFAULT_SECURITY_POLICY } from "../../config/fields/security-policy";
import { LOCAL_ACCOUNT, LOCAL_REGION } from "../deployment/account";
import { withinCeiling } from "./file-ceiling";
import { hostKeyLine } from "./host-keys";
import { type ListingDocument, listFolder } from "./list-folder";
import { ListedSizes } from "./listed-sizes";
import { isOnePiece, type NextFile, readRemoteFile } from "./read-file";
import type { Dial, RemoteServer, SftpCredentials } from "./remote-server";
import type { UpdateConnector } from "./requests";
import { securityPolicy } from "./security-policies";
import { SessionPool } from "./session-pool";
import { connectSftp } from "./sftp-connection";

export interface ConnectorOptions {
  /** `c-` and 17 hexadecimal digits. */
  readonly id: string;
  /** `host` or `host:port`; port 22 by default. */
  readonly url: string;
  /** `type base64`. */
  readonly trustedHostKeys: readonly string[];
  /** 1 to 5; 1 by default, as for the API. */
  readonly maxConcurrentConnections?: number;
  readonly securityPolicyName?: string;
  /** The name or ARN of the secret with the credentials; only shown. */
  readonly userSecretId?: string;
  readonly dial?: Dial | undefined;
}

export interface ConnectionTest {
  readonly ConnectorId: string;
  readonly Status: "OK" | "ERROR";
  readonly StatusMessage: string;
  readonly SftpConnectionDetails?: { readonly HostKey: string };
}

/** Takes a file's content. */
export type Consume<T> = (content: AsyncIterable<Uint8Array>) => Promise<T>;

/** What listings and transfers need of the remote server. */
export interface RemoteFiles {
  /** @throws RemoteFailure */
  list(folder: string, maxItems: number): Promise<ListingDocument>;
  /**
   * Gives a file's content to `consume`, as far as it stays within its ceiling; once more from the start if a kept connection turned
   * out to be dead.
   * @param next what is going to be retrieved after it: it may be opened already.
   * @throws RemoteFailure, or what `consume` throws
   */
  retrieve<T>(path: string, consume: Consume<T>, next?: NextFile): Promise<T>;
}

/** An SFTP connector: its settings as the API shows them, and its connections to the remote server. */
export class Connector implements RemoteFiles {
  readonly id: string;
  private settings: Omit<UpdateConnector, "ConnectorId">;
  private readonly pool: SessionPool;
  private readonly listedSizes = new ListedSizes();
  private readonly aborter = new AbortController();
  private readonly dial: Dial | undefined;

  constructor(
    options: ConnectorOptions,
    private readonly credentials: SftpCredentials | undefined,
  ) {
    this.id = options.id;
    this.dial = options.dial;
    this.settings = {
      Url: options.url.replace(/^(?!sftp:\/\/)/, "sftp://"),
      SecurityPolicyName: options.securityPolicyName ?? DEFAULT_SECURITY_POLICY,
      SftpConfig: {
        UserSecretId: options.userSecretId,
        TrustedHostKeys: [...options.trustedHostKeys],
        MaxConcurrentConnections: options.maxConcurrentConnections,
      },
    };
    this.pool = new SessionPool(
      () => this.server(),
      () => this.maxConcurrentConnections,
    );
  }

  get url(): string {
    return this.settings.Url ?? "";
  }

  /** The API's own default is 1. */
  get maxConcurrentConnections(): number {
    return this.settings.SftpConfig?.MaxConcurrentConnections ?? 1;
  }

  list(folder: string, maxItems: number): Promise<ListingDocument> {
    return this.pool.use(async (session) => {
      const listing = await listFolder(session, folder, maxItems);
      this.listedSizes.note(listing.files);
      return listing;
    });
  }

  retrieve<T>(path: string, consume: Consume<T>, next?: NextFile): Promise<T> {
    const listed = this.listedSizes.of(path);
    const following = isOnePiece(listed) ? next : undefined;
    return this.pool.use(
      (session) => consume(withinCeiling(readRemoteFile(session, path, following), path, listed)),
      (session) => session.hasAhead(path),
    );
  }

  /** As DescribeConnector answers. */
  describe(): object {
    return {
      Arn: connectorArn(this.id),
      ConnectorId: this.id,
      ...this.settings,
      SftpConfig: { ...this.settings.SftpConfig, MaxConcurrentConnections: this.maxConcurrentConnections },
      ServiceManagedEgressIpAddresses: [],
      EgressType: "SERVICE_MANAGED",
      Status: "ACTIVE",
      Tags: [],
    };
  }

  /**
   * Replaces what the request has. An SftpConfig is taken as a whole: whether AWS keeps the keys that it lacks is documented
   * nowhere, so here they are gone, and a caller that relies on it finds out.
   */
  update({ ConnectorId: _, ...changes }: UpdateConnector): void {
    this.settings = { ...this.settings, ...changes };
    this.pool.renew();
  }

  /** Connects anew and logs in. */
  async test(): Promise<ConnectionTest> {
    let details: Pick<ConnectionTest, "SftpConnectionDetails"> = {};
    const onHostKey = (key: Buffer) => {
      details = { SftpConnectionDetails: { HostKey: hostKeyLine(key) } };
    };
    try {
      const connection = await connectSftp(this.server(), { signal: this.aborter.signal, onHostKey });
      connection.close();
      return { ConnectorId: this.id, Status: "OK", StatusMessage: "Connection succeeded", ...details };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { ConnectorId: this.id, Status: "ERROR", StatusMessage: message, ...details };
    }
  }

  /** Ends all connections; what is under way fails. */
  close(): void {
    this.aborter.abort();
    this.pool.close();
  }

  private server(): RemoteServer {
    return {
      url: this.url.replace(/^sftp:\/\//, ""),
      trustedHostKeys: this.settings.SftpConfig?.TrustedHostKeys ?? [],
      policy: securityPolicy(this.settings.SecurityPolicyName ?? DEFAULT_SECURITY_POLICY),
      credentials: this.credentials,
      dial: this.dial,
    };
  }
}

export const connectorArn = (id: string) => `arn:aws:transfer:${LOCAL_REGION}:${LOCAL_ACCOUNT}:connector/${id}`;
