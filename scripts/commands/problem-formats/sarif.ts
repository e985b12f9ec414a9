import type { Log, Result } from "sarif";
import type { Problem } from "../../../config/problems/problem";
import { weighedProblems } from "../../../config/problems/weighed-problems";
import { problemText } from "./problem-text";
import { repositoryPath } from "./repository-path";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** The rule of problems that concern a file as a whole. */
const WHOLE_FILE = "file";

/** What the format calls the folder of the repository. */
const REPOSITORY = "%SRCROOT%";

/** Problems as a document of SARIF 2.1.0. The rule of a problem is its field, such as `SyncSettings.Schedule`. Those of the most weight come first. */
export function sarifLog(problems: readonly Problem[]): Log {
  const rules = [...new Set(problems.map(ruleOf))].sort();
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "sftp-sync",
            rules: rules.map((id) => ({ id, shortDescription: { text: descriptionOf(id) } })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: weighedProblems(problems).map((problem) => resultOf(problem, rules)),
      },
    ],
  };
}

const ruleOf = ({ path }: Problem) => path.replaceAll(/\[\d+\]/g, "") || WHOLE_FILE;

const descriptionOf = (id: string) => (id === WHOLE_FILE ? "The file as a whole" : `The field ${id} of a definition`);

function resultOf(problem: Problem, rules: readonly string[]): Result {
  const { severity, file, line, column } = problem;
  const ruleId = ruleOf(problem);
  return {
    ruleId,
    ruleIndex: rules.indexOf(ruleId),
    level: severity,
    message: { text: problemText(problem) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: placeOf(repositoryPath(file)),
          ...(line > 0 ? { region: { startLine: line, startColumn: column } } : {}),
        },
      },
    ],
  };
}

/** Only a path within the repository is relative to it. */
function placeOf(path: string) {
  const uri = path.split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? { uri: `file://${uri}` } : { uri, uriBaseId: REPOSITORY };
}
