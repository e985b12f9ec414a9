import { RESULT_PATH_NAMES } from "../../local/faults/result-paths";
import { numbered, type Scenario } from "./scenario";

const OTHERWISE = /names transferred files otherwise than they were asked for/;
const NOT_ASKED_FOR = /tells of transferred files that were not asked for/;

const WARNINGS: Readonly<Record<string, readonly RegExp[]>> = {
  name: [OTHERWISE],
  target: [OTHERWISE],
  encoded: [OTHERWISE],
  unrelated: [NOT_ASKED_FOR],
};

/** What the service says of transfers, in other words than the API reference has. */
export const RESULTS: readonly Scenario[] = [
  ...RESULT_PATH_NAMES.map(
    (Path): Scenario => ({
      name: `results with paths in the form "${Path}" lose no file, and one that fails is sent again`,
      tree: { ...numbered("in", 11), "in/50% off.csv": "a", "in/50%25 off.csv": "bc" },
      runs: [
        {
          faults: { OddResults: [{ Path }], FailFile: [{ File: "/in/50% off.csv", Code: "TIMEOUT_ERROR", Times: 1 }] },
          expect: {
            files: { seen: 13, transferred: 13, failed: 0 },
            calls: { StartFileTransfer: 3 },
            warnings: WARNINGS[Path] ?? [],
          },
        },
      ],
      ledger: "complete",
    }),
  ),
  {
    name: "results that lack files, have them twice, or have another word for completed lose no file",
    tree: numbered("in", 12),
    runs: [
      {
        faults: {
          OddResults: [
            { File: "/in/00?.dat", Completed: "SUCCEEDED" },
            { File: "/in/010.dat", Copies: 0 },
            { File: "/in/011.dat", Copies: 3 },
          ],
        },
        expect: {
          files: { seen: 12, transferred: 12, failed: 0 },
          calls: { StartFileTransfer: 2 },
          warnings: [/a status that is not known here/],
        },
      },
    ],
    ledger: "complete",
  },
];
