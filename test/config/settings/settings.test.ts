import { expect } from "chai";
import { formatProblem } from "../../../config/problems/problem";
import { parseSettings } from "../../../config/settings/settings";

const REGION = { region: "eu-central-1" };

function problemsOf(context: unknown): string[] {
  return parseSettings(context).problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("parseSettings", () => {
  it("needs the region alone, and fills in every other default", () => {
    expect(parseSettings(REGION)).to.deep.equal({
      problems: [],
      settings: {
        region: "eu-central-1",
        namePrefix: "sftp-sync",
        additionalTags: {},
        targetAccounts: [],
        secretReaders: [],
        logLevel: "INFO",
        serviceName: "sftp-sync",
        logRetentionDays: 90,
        notificationEmails: [],
        roundsPerExecution: 190,
        runLimits: { folders: 1_000_000, entries: 50_000_000, bytes: 2_000_000_000_000 },
        listResultsRetentionDays: 30,
        awsProviderVersion: ">= 5.100.0, < 6.22.0",
        dashboards: true,
        alarms: { graceSeconds: 7200 },
        connectorLimits: { listingsPerSecond: 3, pendingFiles: 1000, maxListingItems: 10_000 },
        timeouts: {
          slice: 240,
          lambda: 300,
          task: 360,
          listing: 1800,
          listingPause: 20,
          transfer: 90_000,
          connector: 900,
          inDoubt: 900,
          run: 165_600,
          execution: 172_800,
          maxWait: 60,
          maxPause: 10,
        },
        startsPerMinute: 100,
        forceDestroy: false,
      },
    });
  });

  it("takes every setting", () => {
    const context = {
      ...REGION,
      namePrefix: "feeds",
      additionalTags: { Project: "feeds", "cost:center": "" },
      permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
      logLevel: "DEBUG",
      serviceName: "feeds",
      logRetentionDays: 365,
      notificationEmails: ["ops@example.com"],
      listResultsRetentionDays: 7,
      terraformCloud: { organization: "acme", hostname: "tfe.acme.com", project: "feeds", workspacePrefix: "feeds-" },
      awsProviderVersion: "= 6.20.0",
      dashboards: false,
      alarms: { graceSeconds: 21_600 },
      connectorLimits: { listingsPerSecond: 1, pendingFiles: 500, maxListingItems: 1000 },
      timeouts: { slice: 60, lambda: 90, task: 120 },
      forceDestroy: true,
    };
    const { settings, problems } = parseSettings(context);
    expect(problems).to.deep.equal([]);
    expect(settings).to.deep.include({
      ...context,
      timeouts: { ...settings?.timeouts, slice: 60, lambda: 90, task: 120 },
    });
  });

  it("asks for the region, with and without a context", () => {
    for (const context of [{}, undefined, { region: "" }]) {
      expect(parseSettings(context).settings).to.equal(undefined);
      expect(parseSettings(context).problems.map(formatProblem)).to.deep.equal([
        "cdktf.json context.region: is missing (allowed: text: AWS Region of everything that is deployed)",
      ]);
    }
  });

  it("counts empty texts as absent", () => {
    const empty = {
      permissionsBoundaryArn: "",
      serviceName: "",
      logLevel: "",
      terraformCloud: { organization: "", hostname: "", project: "", workspacePrefix: "" },
      s3Backend: { bucket: "", region: "" },
    };
    expect(parseSettings({ ...REGION, ...empty })).to.deep.equal(parseSettings(REGION));
  });

  it("tolerates CDKTF's own keys", () => {
    const own = { excludeStackIdFromLogicalIds: "true", allowSepCharsInLogicalIds: "true" };
    expect(parseSettings({ ...REGION, ...own })).to.deep.equal(parseSettings(REGION));
  });

  const refused: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ region: "Frankfurt" }, "region: is not valid"],
    [{ namePrefix: "SFTP" }, "namePrefix: is not valid"],
    [{ namePrefix: "a".repeat(21) }, "namePrefix: is not valid"],
    [{ namePrefix: "a-" }, "namePrefix: is not valid"],
    [{ namePrefix: "aws-feeds" }, "namePrefix: is not valid"],
    [{ additionalTags: { "Cost(center)": "x" } }, "additionalTags.Cost(center): is not a valid key"],
    [{ additionalTags: { Cost: "a&b" } }, "additionalTags.Cost: is not valid"],
    [
      { notificationEmails: ["first.last@example.com", "First_last@example.com"] },
      "notificationEmails[1]: cannot be told from another one in Terraform's state",
    ],
    [{ additionalTags: { Count: 1 } }, "additionalTags.Count: has the wrong type"],
    [{ additionalTags: { "aws:x": "y" } }, "additionalTags.aws:x: is not a valid key"],
    [{ additionalTags: { Cost: "a", cost: "b" } }, "additionalTags: is not valid"],
    [
      { additionalTags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`Tag${index}`, ""])) },
      "additionalTags: is not valid",
    ],
    [{ additionalTags: { Cost: "x".repeat(257) } }, "additionalTags.Cost: is not valid"],
    [{ roundsPerExecution: 1e20 }, "roundsPerExecution: is too large"],
    [{ permissionsBoundaryArn: "boundary" }, "permissionsBoundaryArn: is not valid"],
    [{ logLevel: "info" }, "logLevel: is not one of the allowed values"],
    [{ logRetentionDays: 91 }, "logRetentionDays: is not one of the allowed values"],
    [{ logRetentionDays: "90" }, "logRetentionDays: is not one of the allowed values"],
    [{ notificationEmails: ["ops"] }, "notificationEmails[0]: is not valid"],
    [{ notificationEmails: "ops@example.com" }, "notificationEmails: has the wrong type"],
    [{ listResultsRetentionDays: 0 }, "listResultsRetentionDays: is too small"],
    [{ listResultsRetentionDays: 1 }, "listResultsRetentionDays: is shorter than a run may last"],
    [{ terraformCloud: { organization: "acme" } }, "terraformCloud.workspacePrefix: is missing"],
    [
      { terraformCloud: { organization: "acme", workspacePrefix: "a-", hostname: "https://tfe.acme.com" } },
      "terraformCloud.hostname: is not valid",
    ],
    [
      { terraformCloud: { organization: "acme/feeds", workspacePrefix: "a-" } },
      "terraformCloud.organization: is not valid",
    ],
    [{ s3Backend: { bucket: "Acme" } }, "s3Backend.bucket: is not valid"],
    [{ s3Backend: { bucket: "acme", keyPrefix: "states" } }, "s3Backend.keyPrefix: is not valid"],
    [{ s3Backend: { region: "eu-central-1" } }, "s3Backend.bucket: is missing"],
    [
      { s3Backend: { bucket: "acme" }, terraformCloud: { organization: "acme", workspacePrefix: "a-" } },
      "s3Backend: stands beside terraformCloud, and a state has one place",
    ],
    [{ awsProviderVersion: "latest" }, "awsProviderVersion: is not valid"],
    [{ awsProviderVersion: "~> 4.0" }, "awsProviderVersion: is not valid"],
    [
      { connectorLimits: { pendingFile: 1 } },
      "connectorLimits.pendingFile: unknown key pendingFile; did you mean pendingFiles?",
    ],
    [{ alarms: { graceSeconds: -1 } }, "alarms.graceSeconds: is too small"],
    [{ alarms: { grace: 60 } }, "alarms.grace: unknown key grace"],
    [{ forceDestroy: "false" }, "forceDestroy: has the wrong type"],
    [{ log_retention_days: 90 }, "log_retention_days: unknown key log_retention_days; did you mean logRetentionDays?"],
    [{ colour: "red" }, "colour: unknown key colour"],
  ];
  for (const [changes, problem] of refused) {
    it(`refuses ${JSON.stringify(changes)}`, () => {
      expect(problemsOf({ ...REGION, ...changes })).to.deep.equal([`context.${problem}`]);
      expect(parseSettings({ ...REGION, ...changes }).settings).to.equal(undefined);
    });
  }

  const disordered: readonly (readonly [Record<string, number>, string[]])[] = [
    [{ slice: 300 }, ["timeouts.slice: must be shorter than lambda"]],
    [{ lambda: 360 }, ["timeouts.lambda: must be shorter than task"]],
    [{ task: 300 }, ["timeouts.lambda: must be shorter than task"]],
    [{ inDoubt: 300 }, ["timeouts.lambda: must be shorter than inDoubt"]],
    [{ run: 172_800 }, ["timeouts.run: must be shorter than execution"]],
    [
      { transfer: 1 },
      [
        "timeouts.inDoubt: must be shorter than transfer",
        "timeouts.maxWait: must be shorter than transfer",
        "timeouts.transfer: is shorter than the service may take",
      ],
    ],
    [{ inDoubt: 90_000 }, ["timeouts.inDoubt: must be shorter than transfer"]],
    [
      { maxWait: 90_000 },
      [
        "timeouts.maxWait: must be shorter than transfer",
        "timeouts.execution: leaves a run no time to end in order after its deadline",
      ],
    ],
    [{ run: 300, listing: 200, connector: 200 }, ["timeouts.lambda: must be shorter than run"]],
    [
      { listing: 165_600 },
      ["timeouts.listing: is not shorter than run: a folder that never answers ends its run as RunTimedOut"],
    ],
    [
      { connector: 165_600 },
      ["timeouts.connector: is not shorter than run: a connector that is never ready ends its run as RunTimedOut"],
    ],
    [{ connector: 165_599 }, []],
    [{ run: 3600, maxWait: 3600 }, ["timeouts.maxWait: must be shorter than run"]],
    [{ maxPause: 165_600 }, ["timeouts.maxPause: must be shorter than run"]],
    [
      { execution: 165_601, run: 165_600 },
      ["timeouts.execution: leaves a run no time to end in order after its deadline"],
    ],
    [{ execution: 167_100, run: 165_600 }, []],
    [
      { execution: 1000 },
      [
        "timeouts.lambda: must be shorter than run",
        "timeouts.maxWait: must be shorter than run",
        "timeouts.maxPause: must be shorter than run",
        "timeouts.execution: leaves a run no time to end in order after its deadline",
        "timeouts.listing: is not shorter than run: a folder that never answers ends its run as RunTimedOut",
        "timeouts.connector: is not shorter than run: a connector that is never ready ends its run as RunTimedOut",
      ],
    ],
    [{ transfer: 45_000, run: 86_400, execution: 90_000 }, ["timeouts.transfer: is shorter than the service may take"]],
    [{ transfer: 86_400 }, []],
    [{ run: 86_400, execution: 90_000 }, []],
    [{ execution: 90_000 }, []],
    [{ run: 86_400 }, []],
    [
      { slice: 500, run: 172_801 },
      ["timeouts.slice: must be shorter than lambda", "timeouts.run: must be shorter than execution"],
    ],
    [{ slice: 299 }, []],
  ];
  for (const [timeouts, problems] of disordered) {
    it(`${problems.length === 0 ? "takes" : "refuses"} the timeouts ${JSON.stringify(timeouts)}`, () => {
      expect(problemsOf({ ...REGION, timeouts })).to.deep.equal(problems.map((problem) => `context.${problem}`));
    });
  }

  it("lets a run end before an execution that is written alone", () => {
    const { timeouts } = parseSettings({ ...REGION, timeouts: { execution: 90_000 } }).settings ?? {};
    expect(timeouts).to.include({ run: 86_400, execution: 90_000, transfer: 90_000 });
  });

  it("keeps the settings of a file that names the defaults of an earlier version, and warns of one", () => {
    const timeouts = { transfer: 45_000, run: 86_400, execution: 90_000 };
    const { settings, problems } = parseSettings({ ...REGION, timeouts, listResultsRetentionDays: 2 });
    expect(settings?.timeouts).to.include(timeouts);
    expect(problems.map(formatProblem)).to.deep.equal([
      "cdktf.json context.timeouts.transfer: warning: is shorter than the service may take (received: 45000 seconds; " +
        "allowed: 86400 or more: 12 hours in the queue, and 12 hours of moving)",
    ]);
  });

  it("says what to change where the run's deadline is too near the execution's end", () => {
    const { problems } = parseSettings({ ...REGION, timeouts: { run: 86_400, execution: 87_000 } });
    expect(problems.map(({ allowed }) => allowed)).to.deep.equal([
      "execution of 87900 or more, or run of 85500 or less",
    ]);
  });

  it("keeps what is known of transfers as long as they may take", () => {
    const timeouts = { transfer: 259_200 };
    const { problems } = parseSettings({ ...REGION, timeouts, listResultsRetentionDays: 2 });
    expect(problems.map(({ path, allowed }) => [path, allowed])).to.deep.equal([
      ["context.listResultsRetentionDays", "at least 3 days"],
    ]);
  });

  it("reports everything at once, located in the text of cdktf.json when it has it", () => {
    const text = `{
  "language": "typescript",
  "context": {
    "namePrefx": "a",
    "timeouts": { "slice": 400, "lambada": 1 },
    "logRetentionDays": 2
  }
}
`;
    const { problems } = parseSettings(JSON.parse(text).context, { file: "cdktf.json", text });
    expect(problems.map(({ line, column, path }) => `${line}:${column} ${path}`)).to.deep.equal([
      "3:14 context.region",
      "4:5 context.namePrefx",
      "5:33 context.timeouts.lambada",
      "6:25 context.logRetentionDays",
    ]);
  });

  it("refuses a context that is no map", () => {
    expect(problemsOf([])).to.deep.equal(["context: has the wrong type"]);
  });
});
