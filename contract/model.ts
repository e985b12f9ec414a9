import type { SyncSetting } from "./sync-setting";

/** Of schedules that name none. */
export const DEFAULT_TIMEZONE = "UTC";

/** When a sync runs. Expressions are in the form EventBridge Scheduler takes. */
export type Schedule =
  | { readonly kind: "on-demand" }
  | {
      readonly kind: "cron" | "rate";
      /** `cron(...)` or `rate(...)`, tags already replaced. */
      readonly expression: string;
      /** IANA time zone. */
      readonly timezone: string;
    };

/** A sync and what starts it. */
export interface SyncDefinition {
  readonly setting: SyncSetting;
  readonly schedule: Schedule;
  /** False where the sync or its server is disabled: deployed, but its schedule does not fire. */
  readonly enabled: boolean;
}

/** As much of a sync as its name. */
export interface NamedSync {
  readonly setting: Pick<SyncSetting, "Name">;
}

/** A server definition after normalisation: every default is in its place. */
export interface ServerDefinition {
  /** `[a-z0-9-]`, unique over all definitions. */
  readonly name: string;
  /** The name that the server had before; its ledgers are read where there are none yet. */
  readonly formerName?: string;
  readonly description: string;
  /** `host` or `host:port`, without a protocol. */
  readonly url: string;
  readonly securityPolicyName: string;
  /** `type base64`, nothing else. */
  readonly trustedHostKeys: readonly string[];
  /** 1 to 5 (Transfer API model). */
  readonly maxConcurrentConnections: number;
  readonly syncs: readonly SyncDefinition[];
}
