import type { Construct } from "constructs";
import type { Settings } from "../../../config/settings/settings";
import { lambdaLogGroup, type SharedNames, sharedMonitoringNames } from "../../naming/names";
import type { Alarm } from "./alarm";
import { type AlarmEntry, againAndAgain, createAlarms, onAndOn } from "./alarm-table";
import { functionMetric, queueDepth } from "./metrics/metrics";
import { HOUR, MINUTES_5 } from "./metrics/periods";

export interface SharedAlarmsProps {
  readonly settings: Settings;
  readonly names: SharedNames;
  readonly topicArn: string;
}

/**
 * The alarms of what the servers share. There is none for the function that sets connectors' concurrency: it runs only
 * while a stack is applied, and its failure fails that.
 */
export function createSharedAlarms(stack: Construct, { settings, names, topicArn }: SharedAlarmsProps): Alarm[] {
  const table = {
    recorder_errors: recorderErrors(names),
    failed_listings_dead_letters: failedListingsDeadLetters(names),
    schedule_dead_letters: scheduleDeadLetters(names),
  };
  return createAlarms(stack, { table, alarmName: sharedMonitoringNames(settings).alarm, topicArn });
}

/** Lambda repeats an event twice; what fails for good is a dead letter. So this is for what goes on. */
function recorderErrors({ recorderFunction }: SharedNames): AlarmEntry {
  return {
    text: {
      kind: "recorder-errors",
      impact: "Failed listings are not recorded; runs learn of them only after timeouts.listing, as ListingTimedOut.",
      lookAt: `lines of level ERROR in the log group ${lambdaLogGroup(recorderFunction)}.`,
      todo: "what the error says: permissions on bucket and key, mostly. Else report it as a defect.",
    },
    metrics: [functionMetric(recorderFunction, "Errors")],
    condition: againAndAgain,
  };
}

function failedListingsDeadLetters({ failedListingsDeadLetterQueue }: SharedNames): AlarmEntry {
  return {
    text: {
      kind: "failed-listings-dead-letters",
      impact: "Failed listings could not be recorded; their runs end as ListingTimedOut, without the cause.",
      lookAt: `the messages of the queue ${failedListingsDeadLetterQueue}: each holds the event, its attributes the error.`,
      todo: "correct what the error says, and delete the messages: the runs have gone on without them.",
    },
    metrics: [queueDepth(failedListingsDeadLetterQueue)],
    condition: onAndOn(MINUTES_5, 1),
  };
}

/** The server's own alarm has told of the letter when it came. This one reminds of it before it is gone. */
function scheduleDeadLetters({ scheduleDeadLetterQueue }: SharedNames): AlarmEntry {
  return {
    text: {
      kind: "schedule-dead-letters",
      impact: "For a day nobody has looked after runs that could not be started. After 14 days their letters are gone.",
      lookAt: `the messages of the queue ${scheduleDeadLetterQueue}: their attributes name the schedule and the error.`,
      todo: "start by hand what has not run since, and delete the messages.",
    },
    metrics: [queueDepth(scheduleDeadLetterQueue)],
    condition: onAndOn(HOUR, 24),
  };
}
