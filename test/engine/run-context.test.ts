import { expect } from "chai";
import { parseRunContext, type RunContext } from "../../engine/run-context";
import { runContext, runInput } from "./support/run-input";

const AS_SCHEDULED = { name: "as-scheduled", compares: false, fromTimestamp: undefined } as const;
const COMPARE = { name: "compare", compares: true, fromTimestamp: undefined } as const;

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return "";
}

describe("parseRunContext", () => {
  it("says where the run's objects lie", () => {
    const context = runContext();
    expect(context).to.include({
      run: "run-1",
      server: "acme",
      bucket: "list-results",
      prefix: "runs/acme/data/run-1/",
      lockKey: "locks/acme/data",
      locksPrefix: "locks/acme/",
    });
    expect(context.ledgerPrefix).to.match(/^ledger\/acme\/[0-9a-f]{32}\/$/);
  });

  it("tells of an event that is wrong everywhere in few words, which can be printed", () => {
    const message = messageOf(() => runContext({ include: Array.from({ length: 50_000 }, () => "") }));
    expect(message)
      .to.match(/^InvalidEvent: /)
      .and.to.include("and 49980 more");
    expect(message.length).to.be.lessThan(5000);
    const odd = { ...runInput(), Event: { ...runInput().Event, "Mo\u202ede": "compare" } };
    expect(messageOf(() => parseRunContext(odd))).to.include("Mo\\u202ede");
  });

  it("fills in every default", () => {
    const { event, sync } = runContext();
    expect(sync).to.deep.include({ ChangeDetection: "ledger", MinimumAgeSeconds: 0, MissingFolder: "fail" });
    expect(sync.RemoteFolders).to.deep.include({ Include: [], Exclude: [], MaxDepth: 100 });
    expect(event.DryRun).to.equal(false);
  });

  const destinations: [string, Parameters<typeof runContext>[0], boolean][] = [
    ["the sync's name", { syncName: "other" }, true],
    ["filters", { include: ["*.csv"] }, true],
    ["the folder", { folder: "/other" }, false],
    ["the prefix", { prefix: "other" }, false],
  ];
  for (const [title, options, same] of destinations) {
    it(`${same ? "keeps" : "starts"} a ledger ${same ? "" : "afresh "}when ${title} changes`, () => {
      expect(runContext(options).ledgerPrefix === runContext().ledgerPrefix).to.equal(same);
    });
  }

  it("keeps the ledger of a folder with date tags over the days", () => {
    const prefixes = ["2026-03-05", "2026-03-06"].map(
      (day) => runContext({ folder: "/in/%day%", scheduledTime: `${day}T00:00:00Z` }).ledgerPrefix,
    );
    expect(new Set(prefixes).size).to.equal(1);
  });

  it("names every wrong field as InvalidEvent, and says where a right event is", () => {
    const { Event, Execution } = runInput();
    const message = messageOf(() => parseRunContext({ Event: { ...Event, Name: "", Connector: 1 }, Execution }));
    expect(message).to.match(/^InvalidEvent: /);
    expect(message).to.include("Event.Name").and.to.include("Event.Connector").and.to.include("SSM parameter");
  });

  for (const input of [undefined, null, {}, [], { Event: {} }]) {
    it(`refuses ${JSON.stringify(input)} as InvalidEvent`, () => {
      expect(messageOf(() => parseRunContext(input))).to.match(/^InvalidEvent: /);
    });
  }

  it("refuses none and two SyncSettings", () => {
    const { Event, Execution } = runInput();
    for (const SyncSettings of [[], [...Event.SyncSettings, ...Event.SyncSettings]]) {
      expect(messageOf(() => parseRunContext({ Event: { ...Event, SyncSettings }, Execution }))).to.match(
        /^InvalidEvent/,
      );
    }
  });

  for (const [key, meant] of [
    ["dryRun", "DryRun"],
    ["Dry-Run", "DryRun"],
    ["FromTimeStamp", "FromTimestamp"],
    ["FromTimestmp", "FromTimestamp"],
    ["mode", "Mode"],
    ["Moed", "Mode"],
  ] as const) {
    it(`refuses ${key}, which would be ignored`, () => {
      const { Event, ...rest } = runInput();
      const message = messageOf(() => parseRunContext({ ...rest, Event: { ...Event, [key]: true } }));
      expect(message)
        .to.match(/^InvalidEvent: /)
        .and.to.include(`did you mean ${meant}?`)
        .and.to.include(key);
    });
  }

  it("refuses the list-results bucket as a destination", () => {
    const { Event, ...rest } = runInput();
    const ReportBucket = Event.SyncSettings[0]?.LocalRepository.BucketName;
    expect(messageOf(() => parseRunContext({ ...rest, Event: { ...Event, ReportBucket } })))
      .to.match(/^InvalidEvent: /)
      .and.to.include("SyncSettings[0].LocalRepository.BucketName");
  });

  for (const form of [
    "ACME-LISTS",
    "s3://acme-lists/ledger",
    "arn:aws:s3:::acme-lists",
    "arn:aws-cn:s3:::acme-lists/ledger",
    "acme-lists/ledger",
    "acme-lists.s3.eu-central-1.amazonaws.com",
    "https://acme-lists.s3-eu-west-1.amazonaws.com/x",
    "arn:aws:s3:eu-central-1:111122223333:accesspoint/lists",
    "lists-1a2b3c4d5e-s3alias",
  ]) {
    it(`refuses the list-results bucket as a destination, or what may be it, as ${form}`, () => {
      const { Event, ...rest } = runInput();
      const [sync] = Event.SyncSettings;
      const SyncSettings = [{ ...sync, LocalRepository: { ...sync?.LocalRepository, BucketName: form } }];
      const event = { ...Event, ReportBucket: "acme-lists", SyncSettings };
      expect(messageOf(() => parseRunContext({ ...rest, Event: event })))
        .to.match(/^InvalidEvent: /)
        .and.to.include("SyncSettings[0].LocalRepository.BucketName");
    });
  }

  it("takes a bucket whose name only holds that of the list-results bucket", () => {
    const { Event, ...rest } = runInput();
    const [sync] = Event.SyncSettings;
    const SyncSettings = [{ ...sync, LocalRepository: { ...sync?.LocalRepository, BucketName: "acme-lists-copy" } }];
    const event = { ...Event, ReportBucket: "acme-lists", SyncSettings };
    expect(parseRunContext({ ...rest, Event: event }).sync.LocalRepository.BucketName).to.equal("acme-lists-copy");
  });

  it("takes other keys, as events of the sample have them", () => {
    const { Event, ...rest } = runInput();
    const event = { ...Event, Url: "sftp.example.com", PublicKey: [], ReportKey: "x" };
    expect(parseRunContext({ ...rest, Event: event }).server).to.equal("acme");
  });

  it("refuses milliseconds: no file would be that new, and the run would succeed without any", () => {
    const input = runInput({ fromTimestamp: Date.parse("2026-03-05T00:00:00Z") });
    expect(messageOf(() => parseRunContext(input))).to.match(/^InvalidEvent: .*not milliseconds.*FromTimestamp/s);
  });

  const modes: [string, Parameters<typeof runContext>[0], RunContext["mode"]][] = [
    ["Mode as-scheduled", { mode: "as-scheduled" }, AS_SCHEDULED],
    ["Mode compare", { mode: "compare" }, COMPARE],
    ["Mode compare with 0", { mode: "compare", fromTimestamp: 0 }, COMPARE],
    ["Mode since", { mode: "since", fromTimestamp: 1 }, { name: "since", compares: true, fromTimestamp: 1 }],
    ["Mode since with 0", { mode: "since", fromTimestamp: 0 }, { ...COMPARE, name: "since" }],
    ["no mode", {}, AS_SCHEDULED],
    ["FromTimestamp 0 alone", { fromTimestamp: 0 }, COMPARE],
    ["FromTimestamp alone", { fromTimestamp: 1 }, { name: "since", compares: true, fromTimestamp: 1 }],
  ];
  for (const [title, options, expected] of modes) {
    it(`reads an event with ${title}`, () => {
      expect(runContext(options).mode).to.deep.equal(expected);
    });
  }

  const contradictions: [string, Parameters<typeof runInput>[0], string][] = [
    ["since without FromTimestamp", { mode: "since" }, "Mode since needs it: UTC seconds"],
    ["as-scheduled with FromTimestamp", { mode: "as-scheduled", fromTimestamp: 0 }, "Mode as-scheduled takes none"],
    ["compare with a later FromTimestamp", { mode: "compare", fromTimestamp: 1 }, "Mode compare takes none but 0"],
  ];
  for (const [title, options, expected] of contradictions) {
    it(`refuses ${title}, and says what is allowed`, () => {
      const message = messageOf(() => parseRunContext(runInput(options)));
      expect(message)
        .to.match(/^InvalidEvent: /)
        .and.to.include(expected)
        .and.to.include("Event.FromTimestamp");
    });
  }

  it("names the modes that there are", () => {
    const { Event, ...rest } = runInput();
    const message = messageOf(() => parseRunContext({ ...rest, Event: { ...Event, Mode: "everything" } }));
    expect(message).to.match(/^InvalidEvent: .*"as-scheduled"\|"compare"\|"since".*Event\.Mode/s);
  });
});
