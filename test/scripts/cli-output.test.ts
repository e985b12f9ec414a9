import { expect } from "chai";
import { cannotWrite } from "../../local/errors/storage-failure";
import { NO_PROGRESS } from "../../local/runner/progress";
import type { RunResult } from "../../local/runner/run-result";
import { shellWords } from "../../scripts/commands/command-line";
import { describeFailure } from "../../scripts/commands/failure";
import { formatBytes } from "../../scripts/commands/figures";
import { ProgressView } from "../../scripts/commands/progress-view";
import { resultDocument, summary } from "../../scripts/commands/summary";

const result: RunResult = {
  server: "partner",
  sync: "in",
  run: "run-1",
  status: "SUCCEEDED",
  folders: { listed: 2, failed: 0, spared: 0 },
  files: { seen: 5, transferred: 2, failed: 0, skipped: { unchanged: 2, excluded: 1 } },
  bytes: 1500,
  seconds: 1.25,
  calls: { StartDirectoryListing: 2, StartFileTransfer: 1, ListFileTransferResults: 1, TargetBucketRequests: 3 },
  failures: [],
  warnings: [],
  reportFile: "/data/report.json",
  logFolder: "/data/logs",
};

describe("ProgressView", () => {
  function shown(isTTY: boolean) {
    let text = "";
    let now = 0;
    const write = (part: string) => {
      text += part;
      return true;
    };
    const output = { isTTY, columns: 60, write };
    const view = new ProgressView(output, () => now);
    const at = (milliseconds: number) => {
      now = milliseconds;
    };
    return { view, text: () => text, at };
  }

  it("writes plain lines, at most one in two seconds", () => {
    const { view, text, at } = shown(false);
    view.started({ server: "partner", sync: "in", run: "run-1" });
    for (let time = 100; time <= 4_500; time += 100) {
      at(time);
      view.progressed({ ...NO_PROGRESS, foldersListed: 1, entries: time });
    }
    view.finished(result);
    expect(text().split("\n")).to.deep.equal([
      "partner / in: started, run run-1",
      "partner / in: 2 s, 1 folder listed (2000 entries), 0 files transferred (0 B)",
      "partner / in: 4 s, 1 folder listed (4000 entries), 0 files transferred (0 B)",
      "partner / in: SUCCEEDED after 1.3 s, 1 folder listed (4500 entries), 0 files transferred (0 B)",
      "",
    ]);
  });

  it("speaks of one entry as of one", () => {
    const { view, text, at } = shown(false);
    view.started({ server: "partner", sync: "in", run: "run-1" });
    at(2_000);
    view.progressed({ ...NO_PROGRESS, foldersListed: 1, entries: 1 });
    view.end();
    expect(text()).to.include("1 folder listed (1 entry), ");
  });

  it("keeps one live line on a terminal, no longer than the terminal is wide", () => {
    const { view, text, at } = shown(true);
    view.started({ server: "partner", sync: "in", run: "run-1" });
    at(500);
    view.progressed({ ...NO_PROGRESS, transferred: 1, bytes: 2_000_000 });
    view.end();
    const lines = text().split("\r\x1b[2K");
    expect(lines[2]).to.equal("0 s  0 folders  0 entries  1 file copied  2.0 MB  partne...");
    expect(lines.at(-1)).to.equal("");
  });
});

describe("ProgressView before a run starts", () => {
  const written = (isTTY: boolean) => {
    let text = "";
    const write = (part: string) => {
      text += part;
      return true;
    };
    const view = new ProgressView({ isTTY, columns: 20, write });
    view.preparing("Starting what runs servers/partner.yaml");
    view.line("a line");
    return text;
  };

  it("says on a terminal what there is to wait for, until something else is said", () => {
    expect(written(true)).to.equal("\r\x1b[2KStarting what runs \r\x1b[2Ka line\n");
  });

  it("says nothing of that elsewhere", () => {
    expect(written(false)).to.equal("a line\n");
  });
});

describe("summary", () => {
  it("shows counts, reasons and the report", () => {
    const text = summary({ runs: [result] }, "again");
    expect(text).to.match(/^partner \/ in +SUCCEEDED +2 +5 +2 +0 +2 unchanged +1\.5 kB$/m);
    expect(text).to.include("1 excluded").and.to.include("Report: /data/report.json");
    expect(text).to.match(/Next: again$/);
    expect(summary({ runs: [result] }, undefined)).not.to.include("Next:");
  });

  it("names ten failures, counts the others, and says what to do next", () => {
    const failures = Array.from({ length: 12 }, (_, n) => ({ path: `/in/${n}`, reason: "TransferIncomplete: gone" }));
    const error = { name: "TransferIncomplete", message: "12 files" };
    const text = summary({ runs: [{ ...result, status: "FAILED", error, failures }] }, "again");
    expect(text.match(/^ {2}- \/in\//gm)).to.have.length(10);
    expect(text).to.include("... and 2 more failures in the report");
    expect(text).to.include("Logs of the functions: /data/logs");
    expect(text).to.include("What to do: The next run tries these files again.");
    expect(text).to.match(/Next: again$/);
  });

  it("tells folders that were spared, where there are any", () => {
    const spared = { ...result, folders: { listed: 3, failed: 0, spared: 150 } };
    expect(summary({ runs: [spared] }, "")).to.include("150 spared");
    expect(summary({ runs: [result] }, "")).not.to.include("spared");
    expect(resultDocument({ runs: [spared] })).to.have.nested.property("runs[0].folders.spared", 150);
  });

  it("counts the failures that the report does not name, and names the files that do", () => {
    const failures = Array.from({ length: 1000 }, (_, n) => ({ path: `/in/${n}`, reason: "TransferFailed: gone" }));
    const error = { name: "TransferIncomplete", message: "1234 files" };
    const furtherFailures = { count: 234, lists: ["/data/failures-001.jsonl"] };
    const run: RunResult = { ...result, status: "FAILED", error, failures, furtherFailures };
    const text = summary({ runs: [run] }, "again");
    expect(text).to.include("... and 1224 more failures in /data/failures-001.jsonl");
    expect(resultDocument({ runs: [run] })).to.have.deep.nested.property("runs[0].furtherFailures", furtherFailures);
  });

  const advised: [name: string, words: string | undefined][] = [
    ["ListingFailed", "its host key is one of those under PublicKey"],
    ["CredentialsMissing", "Set SFTP_USERNAME"],
    ["RemoteFolderMissing", "MissingFolder: ignore"],
    ["States.Timeout", undefined],
  ];
  for (const [name, words] of advised) {
    it(`advises ${words === undefined ? "nothing" : "what can be done on this machine"} about ${name}`, () => {
      const text = summary({ runs: [{ ...result, status: "FAILED", error: { name, message: "m" } }] }, "again");
      expect(text.includes("What to do: ")).to.equal(words !== undefined);
      expect(text)
        .to.include(words ?? "")
        .and.not.include("output ");
    });
  }

  it("calls a dry run's files what they are", () => {
    const files = { ...result.files, transferred: 0, wouldTransfer: 4 };
    expect(summary({ runs: [{ ...result, files }] }, "")).to.include("Would copy");
  });

  it("names the files of a dry run, and says how many more there are", () => {
    const files = { ...result.files, transferred: 0, wouldTransfer: 4 };
    const listedFiles = [{ path: "/in/a\u001b.csv", size: 1500 }, { path: "/in/b.csv" }];
    const text = summary({ runs: [{ ...result, files, listedFiles }] }, "");
    expect(text).to.include(
      "  Would be transferred:\n    + /in/a\\u001b.csv (1.5 kB)\n    + /in/b.csv\n    ... and 2 more: --all shows them\n",
    );
  });

  it("names files that were skipped under their reasons, and says how many more there are", () => {
    const files = { ...result.files, skipped: { unchanged: 7, excluded: 150, settling: 1 } };
    const listedSkipped = [
      { path: "/in/a\u001b.tmp", size: 1500, reason: "excluded" },
      { path: "/in/new.csv", reason: "settling" },
      { path: "/in/b.tmp", reason: "excluded" },
    ];
    const skippedLists = { lists: ["/data/skipped-001.jsonl"], unlisted: 57 };
    const text = (run: Partial<RunResult>) =>
      summary({ runs: [{ ...result, files, listedSkipped, skippedLists, ...run }] }, "");
    expect(text({})).to.include(
      [
        "  Skipped:",
        "    excluded, left out by Include or Exclude:",
        "      - /in/a\\u001b.tmp (1.5 kB)",
        "      - /in/b.tmp",
        "    settling, younger than MinimumAgeSeconds:",
        "      - /in/new.csv",
        "    ... and 98 more: --all shows them\n",
      ].join("\n"),
    );
    const all = [...listedSkipped, ...Array.from({ length: 98 }, () => ({ path: "/in/c.tmp", reason: "excluded" }))];
    expect(text({ listedSkipped: all })).to.include(
      "    ... and 50 more that the run only counted: a dry run names them all\n",
    );
    const dry = { files: { ...files, wouldTransfer: 0, skipped: { unchanged: 7 } }, listedSkipped: [] };
    expect(text({ ...dry, skippedLists: { lists: ["/data/skipped-001.jsonl"] } })).to.include(
      "  Would be skipped: 7 files, which --all shows\n",
    );
    expect(text({ skippedLists: undefined, listedSkipped: undefined })).not.to.include("Skipped:");
  });

  it("keeps control characters in the names of a remote server away from the terminal", () => {
    const error = { name: "ListingFailed", message: "no\nNext: rm" };
    const failures = [{ path: "/in/\u001b[31mred\u009b1m\u202etxt", reason: "TransferFailed: gone" }];
    const text = summary({ runs: [{ ...result, status: "FAILED", error, failures }] }, "again");
    expect(text).to.include("  - /in/\\u001b[31mred\\u009b1m\\u202etxt: TransferFailed: gone");
    expect(text).to.include("  ListingFailed: no\\u000aNext: rm");
  });

  it("says when nothing was run", () => {
    expect(summary({ runs: [] }, "")).to.equal("Nothing was run.");
  });

  it("shows the syncs that are disabled, beside those that ran", () => {
    const disabled = [{ server: "partner", sync: "weekly" }];
    expect(summary({ runs: [result], disabled }, "")).to.match(/^partner \/ weekly +disabled$/m);
    expect(summary({ runs: [], disabled }, "")).to.match(/^partner \/ weekly +disabled$/m);
    expect(resultDocument({ runs: [result], disabled })).to.have.deep.property("disabled", disabled);
    expect(resultDocument({ runs: [result] })).not.to.have.property("disabled");
  });
});

describe("resultDocument", () => {
  it("holds the fields of the contract and no other", () => {
    const { reportFile: report, logFolder: _, ...contract } = result;
    expect(resultDocument({ runs: [result] })).to.deep.equal({ runs: [{ ...contract, report }] });
  });

  it("says of a directory that could not be used where, what and what to do, beside the runs that had ended", () => {
    const failure = cannotWrite("ENOSPC", "/data");
    expect(resultDocument({ runs: [result], failure }))
      .to.have.property("error")
      .that.deep.equals({
        name: "StorageFailure",
        message: "Cannot write to the data directory /data: no space left on the device (ENOSPC)",
        folder: "/data",
        code: "ENOSPC",
        next: failure.next,
      });
    expect(summary({ runs: [], failure }, "")).to.equal("No run has ended.");
    expect(describeFailure(failure, "")).to.deep.equal({
      text: `${failure.message}\nNext: ${failure.next}`,
      exitCode: 1,
      error: { message: failure.message, next: failure.next },
    });
  });
});

describe("describeFailure", () => {
  it("shows a stack only for a mistake in the program, and asks for a report", () => {
    const { text, exitCode } = describeFailure(new TypeError("oops"), "look at the help");
    expect(exitCode).to.equal(70);
    expect(text).to.include("TypeError: oops\n    at ").and.to.include("Please report it");
  });
});

describe("figures", () => {
  const cases: [bytes: number, text: string][] = [
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [300_000_000, "300.0 MB"],
    [6_442_450_944, "6.4 GB"],
    [1e16, "10000.0 TB"],
  ];
  for (const [bytes, text] of cases) {
    it(`writes ${bytes} bytes as ${text}`, () => {
      expect(formatBytes(bytes)).to.equal(text);
    });
  }

  it("quotes arguments as a shell needs it", () => {
    expect(shellWords(["local", "a b.yaml", "it's", "--data", "/tmp/x"])).to.equal(
      "local 'a b.yaml' 'it'\\''s' --data /tmp/x",
    );
  });
});
