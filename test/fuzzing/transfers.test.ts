import { expect } from "chai";
import fc from "fast-check";
import { joinPath } from "../../contract/file-place";
import { oneLine, printable } from "../../contract/printable";
import { FAILURE_KINDS } from "../../engine/failures/failure";
import { remoteFailure } from "../../engine/failures/remote-failure";
import type { FileResult } from "../../engine/ports/services";
import { matchResults, resultsOfMissing } from "../../engine/transfers/match-results";
import { toldFiles } from "../../engine/transfers/told-files";
import { RESULT_PATH_NAMES, RESULT_PATHS } from "../../local/faults/result-paths";
import { expectReadable, fuzz } from "./support/fuzz";
import { anyName, anyText } from "./support/hostile";

const STATUSES = ["COMPLETED", "FAILED", "IN_PROGRESS", "QUEUED", "UNKNOWN"] as const;

const batches = fc.record({
  folder: fc.constantFrom("/", "/data", "/a b/__proto__"),
  attempt: fc.nat({ max: 3 }),
  doubts: fc.constant(0),
  files: fc
    .uniqueArray(
      anyName.filter((name) => name !== ""),
      { minLength: 1, maxLength: 10 },
    )
    .map((names) => names.map((name) => ({ name }))),
});

const told = fc.record({
  form: fc.constantFrom(...RESULT_PATH_NAMES),
  status: fc.constantFrom(...STATUSES),
  words: anyText,
});

/** Answers about a batch: each file in some form, not at all, or twice; and others that nobody asked for. */
const answers = fc
  .tuple(
    batches,
    fc.array(fc.tuple(fc.nat({ max: 9 }), told), { maxLength: 12 }),
    fc.array(fc.record({ path: anyText, status: fc.constantFrom(...STATUSES) }), { maxLength: 3 }),
  )
  .map(([batch, results, others]): { readonly batch: typeof batch; readonly results: readonly FileResult[] } => ({
    batch,
    results: [
      ...results.flatMap(([index, { form, status, words }]) => {
        const file = batch.files[index];
        return file === undefined
          ? []
          : [
              {
                path: encodable(RESULT_PATHS[form], joinPath(batch.folder, file.name)),
                status,
                failureCode: words,
                failureMessage: words,
              },
            ];
      }),
      ...others.map(({ path, status }) => ({ path, status, failureCode: undefined, failureMessage: undefined })),
    ],
  }));

/** Half a letter has no form in percent signs. */
function encodable(form: (path: string) => string, path: string): string {
  return form(path.replaceAll(/\p{Cs}/gu, "x"));
}

describe("hostile results of transfers", () => {
  it("are each of one file, or of none; and each file ended, is open, or was not told of", () => {
    fuzz(answers, 300, ({ batch, results }) => {
      const matched = matchResults(batch, results);
      for (const [file, result] of matched.byFile) {
        expect(batch.files.includes(file) && results.includes(result)).to.equal(true);
      }
      expect(new Set(matched.byFile.values()).size).to.equal(matched.byFile.size);
      expect(matched.strange.every((result) => results.includes(result))).to.equal(true);
      expect([...matched.byFile.values()].some((result) => matched.strange.includes(result))).to.equal(false);
      const sent = { batch, sent: { startedAt: "2026-01-01T00:00:00Z", revision: 0, together: 1 } };
      const { ended, open, untold } = toldFiles(sent, matched);
      const all = [...ended.map(({ file }) => file), ...open, ...untold];
      expect(new Set(all).size).to.equal(batch.files.length);
      expect(all.length).to.equal(batch.files.length);
      for (const { failure } of ended) {
        expect(failure === undefined || FAILURE_KINDS.includes(failure.kind)).to.equal(true);
      }
    });
  });

  it("are found under the very path that was asked for, whatever other results say", () => {
    fuzz(fc.tuple(answers, fc.nat({ max: 9 })), 200, ([{ batch, results }, index]) => {
      const file = batch.files[index % batch.files.length];
      const path = joinPath(batch.folder, file?.name ?? "");
      const others = results.filter((result) => result.path !== path);
      const own = { path, status: "COMPLETED" as const, failureCode: undefined, failureMessage: undefined };
      const matched = matchResults(batch, [...others, own]);
      const found = file && matched.byFile.get(file);
      expect(found === own || found?.status === "COMPLETED", JSON.stringify([batch, others, own])).to.equal(true);
    });
  });

  it("leave of the strange ones as many as files are missing, or none", () => {
    fuzz(fc.tuple(answers, fc.nat({ max: 5 }), fc.nat({ max: 5 })), 100, ([{ results }, arrived, missing]) => {
      const left = resultsOfMissing(results, arrived, missing);
      expect(left?.length ?? missing).to.equal(missing);
    });
  });

  it("are read in steps that grow with the square of the results at most", () => {
    const reads = (count: number) => {
      let sum = 0;
      const results = Array.from({ length: count }, (_, index) => ({
        get path() {
          sum += 1;
          return `/data/${index}`;
        },
        status: "COMPLETED" as const,
        failureCode: undefined,
        failureMessage: undefined,
      }));
      matchResults({ folder: "/data", attempt: 0, doubts: 0, files: [{ name: "1" }] }, results);
      return sum;
    };
    expect(reads(2000) / reads(1000)).to.be.at.most(4);
  });
});

describe("hostile words of a server", () => {
  it("are a failure of some kind, and one line of limited length", () => {
    const words = fc.oneof(
      anyText,
      fc.constantFrom("no such file", "permission denied", "connection lost", "a/b not found"),
    );
    fuzz(fc.tuple(anyName, words, words, fc.boolean()), 200, ([name, code, message, hasPath]) => {
      const path = joinPath("/data", name);
      const failure = remoteFailure({ path, code, message: hasPath ? `${message} ${path}` : message });
      expect(FAILURE_KINDS).to.include(failure.kind);
      const line = oneLine(failure.detail, 1000);
      expect(line).not.to.include("\n");
      expectReadable(printable(line), 8000);
      expect(line.endsWith("...") && /[\ud800-\udbff]\.{3}$/.test(line) && !/\p{Cs}/u.test(failure.detail)).to.equal(
        false,
      );
    });
  });
});
