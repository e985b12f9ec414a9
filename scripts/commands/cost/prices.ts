/** A price in dollars for so many units. */
export interface Price {
  readonly dollars: number;
  /** Units that the price is for. */
  readonly per: number;
  readonly unit: string;
  /** What is charged, in the words of a bill. */
  readonly what: string;
  /** The page that has it, below https://aws.amazon.com. */
  readonly page: string;
}

/** Where and when the prices below hold. Free tiers, volume discounts and taxes are left out. */
const PRICES_REGION = "us-east-1";
const PRICES_DATE = "2026-11-30";

/**
 * List prices. Prices change and differ by Region: a file for `--prices` replaces any of them.
 *
 * Step Functions' price is that of an earlier copy of its page; the connector's two are those with which the AWS sample
 * file-transfer-sync-solution reckons; CloudWatch's are those that articles of 2026 give. The others could not be held against
 * anything: compare them with the pages, or with a bill.
 *
 * Not verified besides: that the service means GiB by the GB of connector data, as the sample's example does; and that
 * ListFileTransferResults and DescribeConnector are free. By the sample, StartDirectoryListing and StartFileTransfer are calls.
 */
const PRICES = {
  connectorGibibytes: {
    ...{ dollars: 0.4, per: 1, unit: "GiB", what: "Transfer Family: data of the connector" },
    page: "/aws-transfer-family/pricing/",
  },
  connectorCalls: {
    ...{ dollars: 0.001, per: 1, unit: "call", what: "Transfer Family: calls of the connector" },
    page: "/aws-transfer-family/pricing/",
  },
  stateTransitions: {
    ...{ dollars: 0.025, per: 1000, unit: "transition", what: "Step Functions: state transitions" },
    page: "/step-functions/pricing/",
  },
  lambdaRequests: {
    ...{ dollars: 0.2, per: 1_000_000, unit: "request", what: "Lambda: requests" },
    page: "/lambda/pricing/",
  },
  // Of arm64, the functions' architecture; the first tier of a month's seconds.
  lambdaGigabyteSeconds: {
    ...{ dollars: 0.0000133334, per: 1, unit: "GB-second", what: "Lambda: GB-seconds" },
    page: "/lambda/pricing/",
  },
  s3Writes: {
    ...{ dollars: 0.005, per: 1000, unit: "request", what: "S3: PUT and LIST requests" },
    page: "/s3/pricing/",
  },
  s3Reads: {
    ...{ dollars: 0.0004, per: 1000, unit: "request", what: "S3: GET and HEAD requests" },
    page: "/s3/pricing/",
  },
  logGigabytes: {
    ...{ dollars: 0.5, per: 1, unit: "GB", what: "CloudWatch: logs taken in" },
    page: "/cloudwatch/pricing/",
  },
  metricMonths: {
    ...{ dollars: 0.3, per: 1, unit: "metric-month", what: "CloudWatch: metrics of runs" },
    page: "/cloudwatch/pricing/",
  },
  alarmMetrics: {
    ...{ dollars: 0.1, per: 1, unit: "watched metric", what: "CloudWatch: alarms, by the metrics they watch" },
    page: "/cloudwatch/pricing/",
  },
  dashboards: {
    ...{ dollars: 3, per: 1, unit: "dashboard", what: "CloudWatch: dashboards" },
    page: "/cloudwatch/pricing/",
  },
  schedulerInvocations: {
    ...{ dollars: 1, per: 1_000_000, unit: "invocation", what: "EventBridge Scheduler: invocations" },
    page: "/eventbridge/pricing/",
  },
  secrets: {
    ...{ dollars: 0.4, per: 1, unit: "secret", what: "Secrets Manager: the server's secret" },
    page: "/secrets-manager/pricing/",
  },
  // After each of its first two yearly rotations a key costs as much again.
  keys: {
    ...{ dollars: 1, per: 1, unit: "key", what: "KMS: the installation's key" },
    page: "/kms/pricing/",
  },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof PRICES;

/** By the names in the table: how many units there are. */
export type Amounts = { readonly [name in PriceName]?: number };

export interface PriceList {
  /** A Region, and a day: `2026-11-30`. */
  readonly region: string;
  readonly date: string;
  readonly prices: Readonly<Record<PriceName, Price>>;
}

export const LIST_PRICES: PriceList = { region: PRICES_REGION, date: PRICES_DATE, prices: PRICES };

/** Names of all prices, in the order of a bill. */
export const PRICE_NAMES = Object.keys(PRICES).filter((name): name is PriceName => name in PRICES);

/** Dollars, not rounded. */
export function dollarsFor(amounts: Amounts, { prices }: Pick<PriceList, "prices">): number {
  return PRICE_NAMES.reduce((sum, name) => sum + dollarsOf(name, amounts[name] ?? 0, prices), 0);
}

/** Dollars for an amount of one thing, not rounded. */
export function dollarsOf(name: PriceName, amount: number, prices: PriceList["prices"]): number {
  const { dollars, per } = prices[name];
  return (amount * dollars) / per;
}

/** All amounts together. */
export function added(all: readonly Amounts[]): Amounts {
  return Object.fromEntries(
    PRICE_NAMES.flatMap((name) => {
      const amount = all.reduce((sum, amounts) => sum + (amounts[name] ?? 0), 0);
      return amount === 0 ? [] : [[name, amount]];
    }),
  );
}

/** So many times the amounts. */
export function times(factor: number, amounts: Amounts): Amounts {
  return Object.fromEntries(PRICE_NAMES.map((name) => [name, factor * (amounts[name] ?? 0)]));
}
