import type { Settings } from "../../../config/settings/settings";
import type { Collision, Week } from "./week";

/** What all connectors of an account move together, in bytes a second; it cannot be raised (Transfer Family user guide, quotas). */
const ACCOUNT_BYTES_PER_SECOND = 50_000_000;

/** IAM roles of an installation: those of the shared stack, and those of each server. */
const ROLES = { shared: 3, server: 4 } as const;

/** Functions of each server, each of which reserves `reservedConcurrency`. */
const SERVER_FUNCTIONS = 4;

/** A quota of the account, or a setting, and how much of it the definitions take. */
export interface LimitUse {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  /** Where the limit comes from, and what can be done about it. */
  readonly note: string;
}

/** What runs share that start in the same minute. */
export interface Sharing {
  /** Runs that start in the busiest minute. */
  readonly runs: number;
  /** What each of them gets of the account's 50 MB/s while all transfer. */
  readonly bytesPerSecond: number;
  /** The server with most syncs in one minute. Absent where no two syncs of a server start together. */
  readonly crowded?: Collision["crowded"] & {
    /** What each of them gets of the connector's rate while all list. */
    readonly listingsPerSecond: number;
  };
}

export interface Installed {
  readonly servers: number;
  readonly syncs: number;
}

/**
 * The quotas of docs/quotas.md, which has their sources, that an installation may run into. What else is in the account is not
 * known here.
 */
export function limitUses({ servers, syncs }: Installed, week: Week, settings: Settings): LimitUse[] {
  const { startsPerMinute, reservedConcurrency } = settings;
  const runs = week.busiest?.runs ?? 0;
  const limits = [
    ["Connectors", servers, 100, "AWS documents no number; 100 is commonly reported. Ask for yours."],
    ["IAM roles", ROLES.shared + ROLES.server * servers, 1000, "For all Regions together; up to 5,000 on request."],
    ["Schedule groups", servers, 499, "500, of which AWS has one."],
    ["SSM parameters", syncs, 10_000, "Standard parameters."],
    [
      "Runs that start in one minute",
      runs,
      1000,
      "Each takes one of the account's concurrent Lambda executions; a new account has fewer.",
    ],
    [
      "Runs of one server that start in one minute",
      crowdedOf(week)?.syncs ?? Math.min(1, runs),
      startsPerMinute,
      "The setting startsPerMinute, which validation holds every server to.",
    ],
    ...(reservedConcurrency === undefined
      ? []
      : [
          [
            "Reserved Lambda executions",
            SERVER_FUNCTIONS * servers * reservedConcurrency,
            900,
            "The setting reservedConcurrency, for each of a server's four functions. Of 1,000 executions, 100 stay unreserved.",
          ] as const,
        ]),
  ] as const;
  return limits.map(([name, used, limit, note]) => ({ name, used, limit, note }));
}

/** @returns undefined where no schedule starts a run in this week. */
export function sharing(week: Week, { connectorLimits }: Settings): Sharing | undefined {
  if (week.busiest === undefined) {
    return undefined;
  }
  const { runs } = week.busiest;
  const crowded = crowdedOf(week);
  return {
    runs,
    bytesPerSecond: ACCOUNT_BYTES_PER_SECOND / runs,
    ...(crowded === undefined
      ? {}
      : { crowded: { ...crowded, listingsPerSecond: connectorLimits.listingsPerSecond / crowded.syncs } }),
  };
}

/** The server with most syncs in one minute, where it has more than one. */
function crowdedOf({ collisions }: Week): Collision["crowded"] | undefined {
  return collisions
    .map(({ crowded }) => crowded)
    .filter(({ syncs }) => syncs > 1)
    .reduce<Collision["crowded"] | undefined>(
      (most, one) => (most === undefined || one.syncs > most.syncs ? one : most),
      undefined,
    );
}
