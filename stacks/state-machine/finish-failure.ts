import { notificationSubject } from "../../contract/notification";
import type { ChoiceState, PassState, PayloadTemplate, State } from "./states";

/** Where the error of `FinishRun` is kept. `$.Error` is the one that ended the run before. */
export const FINISH_ERROR = "$.FinishError";

const ADVICE =
  "What was transferred is in S3, and the next run goes on where this one stopped. " +
  "What to do: look for the error in the log of the function finish-run; often it may not use the list-results bucket or " +
  "its key any more. More: docs/operations.md#run-failed. Execution: {}";

/**
 * From an error of `FinishRun` to a notification that a person can read: these states make the outcome that the function
 * could not give. A Lambda's `Cause` is its error as JSON, a service's is text, and a Task that timed out has none.
 */
export function finishFailure(server: string) {
  return {
    HasFinishErrorCause: hasFinishErrorCause,
    ParseFinishErrorCause: explain({ "Detail.$": `States.StringToJson(${FINISH_ERROR}.Cause)` }),
    TakeFinishErrorCause: explain({ Detail: { "errorMessage.$": `${FINISH_ERROR}.Cause` } }),
    NameFinishErrorAlone: explain({ Detail: { errorMessage: "no cause was given" } }),
    HadRunFailed: {
      Type: "Choice",
      Choices: [{ Variable: "$.Error.Error", IsPresent: true, Next: "DescribeBothFailures" }],
      Default: "DescribeFinishFailure",
    },
    DescribeFinishFailure: describe(server, `${FINISH_ERROR}.Error`, [
      `A run of ${server} could not be finished: {}: {}. ${ADVICE}`,
      `${FINISH_ERROR}.Error`,
      `${FINISH_ERROR}.Detail.errorMessage`,
      "$.Execution.Id",
    ]),
    DescribeBothFailures: describe(server, "$.Error.Error", [
      `A run of ${server} failed: {}. And it could not be finished: {}: {}. ${ADVICE}`,
      "$.Error.Error",
      `${FINISH_ERROR}.Error`,
      `${FINISH_ERROR}.Detail.errorMessage`,
      "$.Execution.Id",
    ]),
  } satisfies Record<string, State>;
}

const hasFinishErrorCause: ChoiceState = {
  Type: "Choice",
  Choices: [
    { Variable: `${FINISH_ERROR}.Cause`, IsPresent: false, Next: "NameFinishErrorAlone" },
    // Whole: a Cause that the service cut off is no JSON any more, and parsing it would end the execution without a word.
    {
      Variable: `${FINISH_ERROR}.Cause`,
      StringMatches: '{"errorType":"*","errorMessage":"*"*}',
      Next: "ParseFinishErrorCause",
    },
  ],
  Default: "TakeFinishErrorCause",
};

function explain(detail: PayloadTemplate): PassState {
  return {
    Type: "Pass",
    Parameters: { "Error.$": `${FINISH_ERROR}.Error`, ...detail },
    ResultPath: FINISH_ERROR,
    Next: "HadRunFailed",
  };
}

/** @param text a template for States.Format, which knows quotes and braces as its own, and the paths for its `{}`. */
function describe(server: string, errorName: string, [template, ...paths]: readonly string[]): PassState {
  return {
    Type: "Pass",
    Parameters: {
      Outcome: {
        Status: "FAILED",
        Error: { "Name.$": errorName, "Message.$": `${FINISH_ERROR}.Detail.errorMessage` },
        Subject: notificationSubject(`SFTP sync could not be finished: ${server}`),
        "Message.$": `States.Format('${template}', ${paths.join(", ")})`,
      },
    },
    ResultPath: "$.Finish",
    Next: "NotifyFailure",
  };
}
