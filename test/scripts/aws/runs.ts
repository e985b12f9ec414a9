import { DescribeExecutionCommand, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { inParallel } from "../../../config/in-parallel";
import { runEventSchema } from "../../../contract/run-event";
import { REPORT_FILE } from "../../../engine/report";
import { runPrefix } from "../../../engine/run-context";
import { UserError } from "../../../local/errors/user-error";
import type { Progress } from "../../../local/runner/progress";
import type { RunsOptions } from "../../../scripts/commands/aws/runs/list-runs";
import { reportPage } from "../../../scripts/commands/aws/runs/report-page";
import { reportText } from "../../../scripts/commands/aws/runs/report-text";
import { type RunCommandOptions, runOnAws } from "../../../scripts/commands/aws/runs/run-command";
import { latestRuns, reportOfRun } from "../../../scripts/commands/aws/runs/runs-command";
import { runsText } from "../../../scripts/commands/aws/runs/runs-text";
import { stopRuns } from "../../../scripts/commands/aws/runs/stop-runs";
import { formatDuration, formatTime } from "../../../scripts/commands/aws/times";
import { errorOf } from "../../support/errors";
import {
  type CommandWorld,
  definitionFileOf,
  definitionOf,
  deploy,
  put,
  putReport,
  putRoot,
  type RunName,
  syncOf,
} from "./world";

/** Watches without a terminal. */
function watching(signal = new AbortController().signal) {
  const lines: string[] = [];
  const progress: Progress[] = [];
  const observer: RunCommandOptions["observer"] = {
    started: ({ sync, run }) => lines.push(`started ${sync} ${run}`),
    progressed: (now) => progress.push(now),
    finished: ({ status }) => lines.push(`finished ${status}`),
  };
  return { lines, progress, observer, signal, pauseMs: 50, notice: (text: string) => void lines.push(text) };
}

/** When a run began that is at work for half an hour. */
const LONG_STARTED = new Date(Date.now() - 30 * 60 * 1000).toISOString();

const ERROR = { Error: "ListingFailed", Cause: "1 folder(s) could not be listed. /in: denied" };

export function describeRuns(world: () => CommandWorld): void {
  const arnOf = (server: string, run: string) =>
    `arn:aws:states:eu-central-1:123456789012:execution:sftp-sync-${server}:${run}`;

  const inputOf = async (executionArn: string) => {
    const { input } = await world().clients.states.send(new DescribeExecutionCommand({ executionArn }));
    return runEventSchema.parse(JSON.parse(input ?? ""));
  };

  const start = (server: string, options: Partial<RunCommandOptions> = {}) =>
    runOnAws({ server, session: world().session, ...watching(), ...options });

  describe("run", () => {
    before(async () => {
      await deploy(world(), await definitionOf("one", [syncOf("orders"), syncOf("prices")]));
      await deploy(world(), await definitionOf("slow", [syncOf("orders")]), { seconds: 2 });
      await deploy(world(), await definitionOf("failing", [syncOf("orders")]), { error: ERROR });
    });

    it("starts a sync with the event of its parameter, under a name that sorts by time", async () => {
      const before = `${new Date().toISOString().slice(0, 4)}`;
      const { started } = await start("one", { sync: "orders" });
      const [run] = started;
      expect(started).to.have.lengthOf(1);
      expect(run?.run).to.match(new RegExp(`^${before}\\d{4}T\\d{9}Z-[0-9a-f]{6}$`));
      const event = await inputOf(run?.execution ?? "");
      expect(event).to.include({ Name: "one", Mode: "as-scheduled", DryRun: false });
      expect(event.SyncSettings[0].Name).to.equal("orders");
    });

    it("starts every sync that is not disabled where none is named", async () => {
      const file = await definitionFileOf("one", [syncOf("orders", { Enabled: false }), syncOf("prices")]);
      const { started } = await start(file);
      expect(started.map(({ sync }) => sync)).to.deep.equal(["prices"]);
    });

    it("starts none where no definition says which are disabled, unless one is named", async () => {
      const error = await errorOf(start("one"));
      expect(error).to.be.instanceOf(UserError);
      expect(error.message).to.match(/no valid definition of one, .* disabled \(deployed: orders, prices\)$/);
      expect((await start("one", { sync: "orders" })).started).to.have.lengthOf(1);
    });

    it("asks for another mode in the event", async () => {
      const compare = await start("one", { sync: "orders", compare: true, dryRun: true });
      expect(await inputOf(compare.started[0]?.execution ?? "")).to.include({ Mode: "compare", DryRun: true });
      const since = await start("one", { sync: "orders", fromTimestamp: 1_767_225_600 });
      expect(await inputOf(since.started[0]?.execution ?? "")).to.include({
        Mode: "since",
        FromTimestamp: 1_767_225_600,
      });
    });

    it("tells how far a run is while it waits, and ends with its report", async () => {
      const view = watching();
      const observer: RunCommandOptions["observer"] = {
        ...view.observer,
        started: (run) => {
          view.observer.started(run);
          void putRoot(world(), run, ({ counters }) => {
            Object.assign(counters, { foldersListed: 3, transferred: 4, bytes: 12_300_000 });
          }).then(() => putReport(world(), run));
        },
      };
      const { ended } = await start("slow", { sync: "orders", wait: true, ...view, observer });
      const [found] = ended;
      expect(found?.run).to.include({ status: "SUCCEEDED", startedBy: "hand", sync: "orders" });
      expect(found?.run?.figures).to.deep.equal({ files: 4, failed: 0, bytes: 12_300_000 });
      expect(view.progress.at(-1)).to.include({ foldersListed: 3, transferred: 4, bytes: 12_300_000 });
      expect(view.lines.at(-1)).to.equal("finished SUCCEEDED");
      const text = reportText(found ?? {}, found?.reportUri ?? "");
      const took = formatDuration(found?.run?.seconds ?? Number.NaN);
      expect(text.split("\n")[0]).to.match(/^slow \/ orders, run .*: SUCCEEDED$/);
      expect(text.split("\n")[1]).to.match(/^Started .* by hand, took /);
      expect(text.split("\n")[1]?.endsWith(`took ${took}`)).to.equal(true);
      expect(text).to.include(
        "Files: 10 seen, 4 transferred (12.3 MB), 0 failed\n  skipped: 5 unchanged\n  skipped: 1 excluded",
      );
    });

    it("says that a run failed without a report, and what to do", async () => {
      const { ended } = await start("failing", { sync: "orders", wait: true });
      expect(ended[0]?.run).to.include({ status: "FAILED" });
      const text = reportText(ended[0] ?? {}, ended[0]?.reportUri ?? "");
      expect(text).to.include("ListingFailed: 1 folder(s) could not be listed. /in: denied");
      expect(text).to.include("What to do: Check that the server is up");
    });

    it("leaves the run alone when somebody stops waiting, and says so", async () => {
      const controller = new AbortController();
      const view = watching(controller.signal);
      const observer = { ...view.observer, started: () => controller.abort() };
      const error = await errorOf(start("slow", { sync: "orders", wait: true, ...view, observer }));
      expect(error.name).to.equal("Interrupted");
      const [, run = ""] = /Started, and at work on AWS: orders \(run (\S+)\)/.exec(error.message) ?? [];
      const { status } = await world().clients.states.send(
        new DescribeExecutionCommand({ executionArn: arnOf("slow", run) }),
      );
      expect(status).to.equal("RUNNING");
    });

    for (const [what, options, message] of [
      [
        "a server that is not deployed",
        { server: "nowhere" },
        /nowhere is not deployed to the account 123456789012 in eu-central-1/,
      ],
      [
        "a sync that is not deployed",
        { server: "one", sync: "order" },
        /no deployed sync "order"; did you mean orders\? \(deployed: orders, prices\)/,
      ],
      ["what is neither a name nor a file", { server: "No Such" }, /No valid definition/],
    ] as const) {
      it(`says so: ${what}`, async () => {
        const error = await errorOf(start(options.server, options));
        expect(error).to.be.instanceOf(UserError);
        expect(error.message).to.match(message);
      });
    }
  });

  describe("runs and report", () => {
    const server = "history";
    const name = (run: string, sync = "orders") => ({ server, sync, run });

    before(async () => {
      const definition = await definitionOf(server, [syncOf("orders"), syncOf("prices"), syncOf("empty")]);
      await deploy(world(), definition);
      const begin = async (run: string, sync: string, changes: object = {}) => {
        const { started } = await start(server, { sync });
        const event = { ...(await inputOf(started[0]?.execution ?? "")), ...changes };
        await world()
          .clients.states.send(new StopExecutionCommand({ executionArn: started[0]?.execution }))
          .catch(() => undefined);
        await world().clients.states.send(
          new StartExecutionCommand({
            stateMachineArn: "arn:aws:states:eu-central-1:123456789012:stateMachine:sftp-sync-history",
            name: run,
            input: JSON.stringify(event),
          }),
        );
      };
      await begin("scheduled", "orders", { ScheduledTime: "2026-11-30T06:00:00Z" });
      await begin("dry", "prices", { DryRun: true });
      await begin("long", "orders");
      await begin("long-2", "orders", { Run: { Name: "long", StartedAt: LONG_STARTED, Part: 2 } });
      await putReport(world(), name("scheduled"), {
        status: "FAILED",
        error: { name: "TransferIncomplete", message: "2 file(s) could not be transferred" },
        failures: [
          {
            path: "/orders/a\u001b.csv",
            reason: "TransferFailed: denied",
            error: "TransferFailed",
            kind: "not-permitted",
            detail: "denied",
          },
        ],
        furtherFailures: { count: 1, lists: ["failures-001.jsonl"] },
        warnings: ["something odd"],
      });
      await putReport(world(), name("dry", "prices"), {
        dryRun: true,
        files: { seen: 9, transferred: 0, failed: 0, wouldTransfer: 9, unfinished: 0, skipped: {} },
      });
      await putReport(world(), name("long"), { startedAt: LONG_STARTED });
    });

    const putList = (run: RunName, list: string, lines: readonly string[]) =>
      put(world().clients, runPrefix(run.server, run.sync, run.run) + list, `${lines.join("\n")}\n`);

    const runs = (options: { sync?: string; limit?: number } = {}) =>
      latestRuns({ server, session: world().session, limit: 50, ...options });

    it("are in the order of time, a long run once, scheduled ones among them", async () => {
      const found = (await runs()).runs.filter(({ run }) => !/^20/.test(run));
      expect(found.map(({ run, startedBy }) => `${run} ${startedBy}`)).to.deep.equal([
        "long hand",
        "dry hand",
        "scheduled schedule",
      ]);
      expect(found[0]?.startedAt).to.equal(LONG_STARTED);
      expect(found[0]?.execution).to.equal(arnOf(server, "long-2"));
      expect(found[1]?.figures).to.deep.equal({ files: 9, failed: 0, bytes: 12_300_000 });
    });

    it("are those of one sync, and no more than were asked for", async () => {
      expect((await runs({ sync: "prices" })).runs.every(({ sync }) => sync === "prices")).to.equal(true);
      const one = await runs({ limit: 1 });
      expect(one.runs.map(({ run }) => run)).to.deep.equal(["long"]);
    });

    it("are a table", async () => {
      const text = runsText(await runs(), { limit: 50 });
      expect(text.split("\n")[0]).to.match(/^Started +Sync +By +Status +Took +Files +Size +Error +Run$/);
      const [head, row] = runsText(await runs({ limit: 1 }), { limit: 1 }).split("\n");
      expect(head).to.match(/^Started +Sync +By +Status +Took +Files +Size +Run$/);
      expect(row).to.match(
        new RegExp(`^${formatTime(LONG_STARTED)} +orders +hand +SUCCEEDED +3\\d min( \\d+ s)? +4 +12.3 MB +long$`),
      );
    });

    it("say that there are none", async () => {
      const none = await runs({ sync: "empty" });
      expect(runsText(none, { limit: 50, sync: "empty" })).to.equal("There are no runs yet.");
      const error = await errorOf(reportOfRun({ server, sync: "empty", session: world().session }));
      expect(error.message).to.equal("history / empty has no run yet");
    });

    it("tell what a run did, why files failed and what to do", async () => {
      const found = await reportOfRun({ server, run: "scheduled", session: world().session });
      const text = reportText(found, found.reportUri);
      expect(text).to.include("TransferIncomplete: 2 file(s) could not be transferred");
      expect(text).to.include("  - /orders/a\\u001b.csv: TransferFailed: denied");
      expect(text).to.include(
        "1 more failure: s3://sftp-sync-list-results-123456789012-eu-central-1/runs/history/orders/scheduled/failures-001.jsonl",
      );
      expect(text).to.include("Note: something odd");
      expect(text).to.include("What to do: The server lists these files and does not let this user read them.");
    });

    it("name the files of a dry run, the first hundred or all of them", async () => {
      const run = name("many", "prices");
      const lines = Array.from({ length: 150 }, (_, index) =>
        JSON.stringify({ path: `/prices/${index}.csv`, size: 7 }),
      );
      const lists = ["files-001.jsonl", "files-002.jsonl"];
      await putList(run, lists[0] ?? "", lines.slice(0, 80));
      await putList(run, lists[1] ?? "", lines.slice(80));
      const files = { seen: 150, transferred: 0, failed: 0, wouldTransfer: 150, unfinished: 0, skipped: {} };
      await putReport(world(), run, { dryRun: true, files, fileLists: { lists } });
      const first = await reportOfRun({ server, run: "many", session: world().session });
      expect(first.files).to.have.lengthOf(100);
      expect(reportText(first, first.reportUri))
        .to.include("Would be transferred:\n  + /prices/0.csv (7 B)\n")
        .and.to.include("  + /prices/99.csv (7 B)\n  ... and 50 more: --all shows them\n");
      const all = await reportOfRun({ server, run: "many", all: true, session: world().session });
      expect(all.files?.map(({ path }) => path))
        .to.include("/prices/149.csv")
        .and.to.have.lengthOf(150);
    });

    it("are read from the reports of that very run alone", async () => {
      const run = name("another", "prices");
      await putReport(world(), run, { sync: "../orders" });
      const error = await errorOf(reportOfRun({ server, run: run.run, session: world().session }));
      expect(error.message).to.match(
        /another\/report\.json is part of the run.s state, and cannot be read: .*it is the report of another run/,
      );
    });

    it("name the files of a run that were skipped, those that are unchanged only where all are wanted", async () => {
      const run = name("skipping", "prices");
      const line = (path: string, reason: string) => JSON.stringify({ path, size: 7, reason });
      const excluded = Array.from({ length: 30 }, (_, index) => line(`/prices/${index}.tmp`, "excluded"));
      const lists = ["skipped-001.jsonl"];
      await putList(run, lists[0] ?? "", [...excluded, line("/prices/a.csv", "unchanged")]);
      const files = { seen: 31, transferred: 0, failed: 0, unfinished: 0, skipped: { unchanged: 1, excluded: 30 } };
      await putReport(world(), run, { files, skippedLists: { lists } });
      const first = await reportOfRun({ server, run: "skipping", session: world().session });
      expect(first.skippedFiles).to.have.lengthOf(20);
      expect(reportText(first, first.reportUri))
        .to.include("Skipped:\n  excluded, left out by Include or Exclude:\n    - /prices/0.tmp (7 B)\n")
        .and.to.include("    - /prices/19.tmp (7 B)\n  ... and 11 more: --all shows them\n");
      const all = await reportOfRun({ server, run: "skipping", all: true, session: world().session });
      expect(all.skippedFiles?.map(({ reason }) => reason))
        .to.include("unchanged")
        .and.to.have.lengthOf(31);
    });

    it("take the name of any part of a long run", async () => {
      const found = await reportOfRun({ server, run: "long-2", session: world().session });
      expect(found.report?.run).to.equal("long");
    });

    it("find the report of a run that Step Functions has forgotten", async () => {
      await putReport(world(), name("forgotten", "prices"));
      const found = await reportOfRun({ server, run: "forgotten", session: world().session });
      expect(found.report).to.include({ sync: "prices", run: "forgotten" });
      expect(reportText(found, found.reportUri)).to.match(/^history \/ prices, run forgotten: SUCCEEDED\n/);
    });

    it("are shown with whatever stands for a time in them", async () => {
      await putReport(world(), name("timeless", "prices"), {
        startedAt: "x\u001b",
        finishedAt: "",
        fromTimestamp: 1e300,
        mode: "since",
      });
      const found = await reportOfRun({ server, run: "timeless", session: world().session });
      expect(reportText(found, found.reportUri)).to.match(
        /\nStarted x\\u001b, took 3 min 20 s, mode since Invalid Date\n/,
      );
      expect(reportPage(found, found.reportUri)).to.contain("x\\u001b");
    });

    it("say that there is no such run, or that its report is damaged", async () => {
      const none = await errorOf(reportOfRun({ server, run: "nothing", session: world().session }));
      expect(none.message).to.equal('history has no run "nothing"');
      await putReport(world(), name("damaged", "prices"), { seconds: Number.NaN });
      const damaged = await errorOf(reportOfRun({ server, run: "damaged", session: world().session }));
      expect(damaged).to.be.instanceOf(UserError);
      expect(damaged.message).to.match(/damaged\/report\.json is part of the run's state, and cannot be read/);
    });
  });

  describe("runs of a sync that seldom runs", () => {
    const server = "busy";
    /** More than a page of what Step Functions lists, and than anybody waits for without a word. */
    const OTHERS = 205;

    before(async () => {
      await deploy(world(), await definitionOf(server, [syncOf("orders"), syncOf("prices")]));
      await start(server, { sync: "prices" });
      const { started } = await start(server, { sync: "orders" });
      const { stateMachineArn, input } = await world().clients.states.send(
        new DescribeExecutionCommand({ executionArn: started[0]?.execution }),
      );
      const names = Array.from({ length: OTHERS - 1 }, (_, index) => `more-${index}`);
      await inParallel(names, 8, (name) =>
        world().clients.states.send(new StartExecutionCommand({ stateMachineArn, name, input })),
      );
    });

    const find = (options: Partial<RunsOptions> = {}) =>
      latestRuns({ server, sync: "prices", session: world().session, limit: 1, ...options });

    it("are found behind however many of others", async () => {
      const told: number[] = [];
      const { runs, lookedAt } = await find({ onLook: (number) => told.push(number) });
      expect(runs.map(({ sync }) => sync)).to.deep.equal(["prices"]);
      expect(lookedAt).to.equal(OTHERS + 1);
      expect(told.slice(0, 2)).to.deep.equal([8, 16]);
    });

    it("are not looked for any longer than somebody waits", async () => {
      const controller = new AbortController();
      const listed = await find({ signal: controller.signal, onLook: () => controller.abort() });
      expect(listed).to.deep.equal({ runs: [], lookedAt: 8, isCut: true });
      expect(runsText(listed, { limit: 1, sync: "prices" })).to.equal(
        "None of the latest 8 executions is a run of prices.",
      );
    });
  });

  describe("stop", () => {
    before(async () => {
      await deploy(world(), await definitionOf("stopped", [syncOf("orders"), syncOf("prices")]), { seconds: 600 });
      for (const sync of ["orders", "prices"]) {
        await start("stopped", { sync });
      }
    });

    const stop = (approve: () => boolean, sync?: string) =>
      stopRuns({ server: "stopped", sync, session: world().session, approve: async () => approve() });

    it("stops nothing where nobody agrees", async () => {
      const { atWork, stopped } = await stop(() => false);
      expect(atWork.map(({ sync }) => sync)).to.have.members(["orders", "prices"]);
      expect(stopped).to.deep.equal([]);
      expect((await stop(() => false)).atWork).to.have.lengthOf(2);
    });

    it("stops the runs of one sync, then the rest, also such as have left something that cannot be read", async () => {
      const { runs: all } = await latestRuns({ server: "stopped", session: world().session, limit: 5 });
      for (const { sync = "", run } of all) {
        await put(world().clients, runPrefix("stopped", sync, run) + REPORT_FILE, "{");
      }
      const first = await stop(() => true, "orders");
      expect(first.atWork.map(({ sync }) => sync)).to.deep.equal(["orders"]);
      expect(first.stopped).to.deep.equal(first.atWork.map(({ run }) => run));
      const second = await stop(() => true);
      expect(second.atWork.map(({ sync }) => sync)).to.deep.equal(["prices"]);
      expect((await stop(() => true)).atWork).to.deep.equal([]);
      const { runs } = await latestRuns({ server: "stopped", session: world().session, limit: 5 });
      expect(runs.map(({ status }) => status)).to.deep.equal(["ABORTED", "ABORTED"]);
      expect(runsText({ runs, lookedAt: 2, isCut: false }, { limit: 5 })).to.match(
        /ABORTED .* unknown: cannot be read /,
      );
    });
  });
}
