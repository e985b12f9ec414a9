import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { byHandEvent } from "../../../contract/run-event";
import { EMPTY_LEDGER, type FolderLedger } from "../../../engine/ledger/ledger";
import { formatLedger } from "../../../engine/ledger/ledger-file";
import { ledgerKey } from "../../../engine/ledger/ledgers";
import { parseRunContext, runPrefix } from "../../../engine/run-context";
import { explain } from "../../../scripts/commands/aws/explain/explain-command";
import { explainFolder } from "../../../scripts/commands/aws/explain/explain-folder";
import { explanationText } from "../../../scripts/commands/aws/explain/explain-text";
import { folderText } from "../../../scripts/commands/aws/explain/folder-text";
import { runOnAws } from "../../../scripts/commands/aws/runs/run-command";
import { REGION } from "../../deployment/world/clients";
import { errorOf } from "../../support/errors";
import { BUCKET, type CommandWorld, definitionOf, deploy, put, putReport, syncOf } from "./world";

export function describeExplain(world: () => CommandWorld): void {
  const server = "explained";
  const modified = "2026-11-01T00:00:00.000Z";
  const at = "2026-11-30T06:00:00.000Z";
  let run = "";

  const about = async (path: string) => {
    const explanation = await explain({ server, path, session: world().session });
    return { ...explanation, text: explanationText(explanation) };
  };

  const aboutFolder = async (path: string) => {
    const explanation = await explainFolder({ server, path, session: world().session });
    return { ...explanation, text: folderText(explanation) };
  };

  /** What a run leaves: which folders it listed, and what the connector wrote of one. */
  async function putListings(listings: Readonly<Record<string, object>>): Promise<void> {
    const prefix = runPrefix(server, "orders", run);
    const started = Object.keys(listings).map((folder, index) => ({
      folder,
      depth: 1,
      attempt: 0,
      file: `c-1-l-${index}.json`,
    }));
    await put(world().clients, `${prefix}waves/000001-a-1.json`, started);
    for (const { folder, file } of started) {
      const written = { files: [], paths: [], truncated: "false", ...listings[folder] };
      await put(world().clients, `${prefix}listings/000001-a-1/${file}`, written);
    }
  }

  async function putLedger(folder: string, ledger: Partial<FolderLedger>): Promise<void> {
    const definition = await definitionOf(server, [syncOf("orders", SYNC)]);
    const [sync] = definition.syncs;
    const target = { connectorId: "c-1", listResultsBucketName: BUCKET };
    const Event = sync && byHandEvent(definition, sync, target);
    const Execution = { Id: "x", Name: "x", StartTime: at };
    const { ledgerPrefix } = parseRunContext({ Event, Execution, StateMachine: { Id: "x" } });
    await put(
      world().clients,
      ledgerKey(ledgerPrefix, folder),
      formatLedger(folder, { ...EMPTY_LEDGER, listedAt: at, ...ledger }),
    );
  }

  const SYNC = {
    LocalRepository: { BucketName: "lake", Prefix: "raw" },
    RemoteFolders: { Folder: "/orders", Recursive: true, Exclude: ["tmp/**"] },
  };

  describe("explain", () => {
    before(async () => {
      const { s3 } = world().clients;
      await s3.send(
        new CreateBucketCommand({ Bucket: "lake", CreateBucketConfiguration: { LocationConstraint: REGION } }),
      );
      await deploy(world(), await definitionOf(server, [syncOf("orders", SYNC), syncOf("prices")]));
    });

    it("says which filter leaves a file out", async () => {
      const { syncs, text } = await about("/orders/tmp/a.csv");
      expect(syncs.map(({ answer }) => answer)).to.deep.equal([
        'No run copies it: Exclude "tmp/**".',
        "No run copies it: not in Folder.",
      ]);
      expect(text).to.include('explained / orders: No run copies it: Exclude "tmp/**".');
    });

    it("says that there was no run yet", async () => {
      const { syncs } = await about("/orders/2026/a.csv");
      expect(syncs).to.have.lengthOf(1);
      expect(syncs[0]).to.include({
        sync: "orders",
        place: "s3://lake/raw/orders/2026/a.csv",
        answer: "The sync has no run yet.",
      });
    });

    it("goes by the latest listing, ledger and bucket", async () => {
      const observer = { started: () => undefined, progressed: () => undefined, finished: () => undefined };
      const signal = new AbortController().signal;
      const options = { observer, signal, notice: () => undefined, session: world().session };
      const { started } = await runOnAws({ server, sync: "orders", wait: true, pauseMs: 50, ...options });
      run = started[0]?.run ?? "";
      await putReport(world(), { server, sync: "orders", run });
      const file = (name: string, size = 3) => ({
        filePath: `/orders/2026/${name}`,
        modifiedTimestamp: modified,
        size,
      });
      await putListings({
        "/orders": { paths: [{ path: "/orders/archive" }] },
        "/orders/2026": { files: ["in-s3", "removed", "changed", "new"].map((name) => file(name)) },
      });
      const known = { size: 3, modified };
      await putLedger("/orders/2026", {
        files: new Map([
          ["in-s3", known],
          ["removed", known],
          ["changed", { size: 2, modified }],
        ]),
        gone: new Map([["gone", { at, ...known }]]),
        marks: new Map([["new", known]]),
      });
      await put(world().clients, "raw/orders/2026/in-s3", "abc", "lake");

      const { text } = await about("/orders/2026/in-s3");
      expect(text).to.match(/: It is in S3, verified: s3:\/\/lake\/raw\/orders\/2026\/in-s3 \(3 B, written 20.*\)\.$/m);
      expect(text).to.include(
        `  Ledger: verified in S3, 3 B, modified ${modified}; folder as listed 2026-11-30 06:00Z\n`,
      );
      expect(text).to.match(new RegExp(`  Listing: named at .*, 3 B, modified ${modified} \\(run ${run}\\)\n`));
      const answers = async (name: string) => (await about(`/orders/2026/${name}`)).syncs[0];
      expect(await answers("removed")).to.include({
        answer: "It was verified in S3 once, and somebody has removed it since; runs as scheduled leave it so.",
        next: "npx sftp-sync run explained orders --compare --wait brings it back",
      });
      expect((await answers("changed"))?.answer).to.match(
        /^It is new or changed by the listing of .*: the next run takes it\.$/,
      );
      expect((await answers("new"))?.ledger).to.have.nested.property("value.state", "marked");
      expect((await answers("gone"))?.answer).to.match(/^The server did not name it in the listing of /);
      expect((await answers("gone"))?.ledger).to.deep.include({
        value: { state: "gone", size: 3, modified, goneAt: at, listedAt: at },
      });
      expect((await about("/orders/other/a"))?.syncs[0]?.answer).to.match(/^None of the latest runs listed its folder/);
    });

    it("tells of each file of a folder: what may need somebody first, and what the filters leave out", async () => {
      await put(world().clients, "raw/orders/2026/by-hand", "x", "lake");
      await put(world().clients, "raw/orders/2026/deeper/file", "x", "lake");
      const { syncs, text } = await aboutFolder("/orders//2026");
      expect(syncs).to.have.lengthOf(1);
      expect(syncs[0]?.files?.map(({ name, state }) => [name, state])).to.deep.equal([
        ["changed", "next-run"],
        ["new", "next-run"],
        ["removed", "removed"],
        ["by-hand", "not-listed"],
        ["gone", "not-listed"],
        ["in-s3", "in-s3"],
      ]);
      expect(text).to.include(
        "explained / orders: 6 files: 2 for the next run, 1 removed from S3 since, 2 not on the server, 1 in S3\n" +
          "  S3: s3://lake/raw/orders/2026/\n",
      );
      expect(text).to.match(/^ {2}changed +3 B {2}2026-11-01 00:00Z {2}for the next run$/m);
      expect(text).to.match(/^ {2}by-hand +not on the server$/m);
      // Each says the same as when it is asked for alone.
      for (const { name, size: _, modified: __, ...known } of syncs[0]?.files ?? []) {
        expect((await about(`/orders/2026/${name}`)).syncs[0], name).to.include({
          state: known.state,
          answer: known.answer,
        });
      }
    });

    it("says why no run copies what lies in a folder", async () => {
      const { text } = await aboutFolder("/invoices/");
      expect(text).to.include("explained / orders: no run copies what lies in it: not in Folder.");
    });

    it("shows the first files of a folder, and all on request", async () => {
      const files = Array.from(
        { length: 101 },
        (_, index) => ({ name: `${index}`, state: "in-s3", answer: "" }) as const,
      );
      const explanation = { server, path: "/many/", syncs: [{ sync: "orders", place: "s3://lake/many/", files }] };
      expect(folderText(explanation)).to.match(/^ {2}\.\.\. and 1 more: --all shows them$/m);
      expect(folderText(explanation, true)).to.match(/^ {2}100 /m);
    });

    it("says of a folder that was taken for a file how to ask for it", async () => {
      const { syncs } = await about("/orders/archive");
      expect(syncs[0]).to.include({
        next: "npx sftp-sync explain explained /orders/archive/ tells of the files in it",
      });
      expect(syncs[0]?.answer).to.match(/^It is a folder, by the listing of /);
    });

    it("says that the file, or its folder, failed in the last run, and what to do", async () => {
      const failures = [
        {
          path: "/orders/2026/new",
          reason: "TransferFailed: denied",
          error: "TransferFailed",
          kind: "not-permitted",
          detail: "denied",
        },
        {
          path: "/orders/2025",
          reason: "ListingFailed: no such folder",
          error: "ListingFailed",
          kind: "not-found",
          detail: "gone",
        },
      ] as const;
      await putReport(world(), { server, sync: "orders", run }, { status: "FAILED", failures: [...failures] });
      const own = (await about("/orders/2026/new")).syncs[0];
      expect(own).to.include({ answer: `It failed in the run ${run}: TransferFailed: denied.` });
      expect(own?.next).to.match(/^The server lists these files and does not let this user read them\./);
      const below = (await about("/orders/2025/a/b")).syncs[0];
      expect(below?.answer).to.equal(
        `Its folder /orders/2025 failed in the run ${run}: ListingFailed: no such folder.`,
      );
    });

    it("answers the rest where something is damaged or may not be looked at", async () => {
      await put(world().clients, `${runPrefix(server, "orders", run)}waves/000002-a-1.json`, "damaged");
      world().denied.add("ListExecutions");
      const denied = (await about("/orders/2026/in-s3")).syncs[0];
      world().denied.clear();
      expect(denied).to.deep.include({ lastRun: { unknown: "access denied" }, listing: { unknown: "access denied" } });
      expect(denied?.answer).to.match(/^It is in S3, verified/);
      expect((await about("/orders/2026/removed")).syncs[0]?.answer).to.match(/^It was verified in S3 once/);
    });

    it("says that a path does not begin at the server's root", async () => {
      for (const asked of [about("orders/a.csv"), about(""), aboutFolder("orders/")]) {
        expect((await errorOf(asked)).message).to.match(/is no path from the server's root$/);
      }
    });
  });
}
