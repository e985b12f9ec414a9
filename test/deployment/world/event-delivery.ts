import {
  type EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from "@aws-sdk/client-eventbridge";
import { GetPolicyCommand, type LambdaClient, ResourceNotFoundException } from "@aws-sdk/client-lambda";
import * as z from "zod";
import type { DeployedRule } from "../../../local/deployment/deployment";
import { eventPatternSchema } from "../../../local/deployment/event-pattern";
import { EventBus } from "../../../local/runner/event-bus";
import type { DeployedFunctions } from "./deployed-functions";

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Action: z.string(),
      Principal: z.object({ Service: z.string() }),
      Condition: z.object({ ArnLike: z.object({ "AWS:SourceArn": z.string() }) }),
    }),
  ),
});

export interface EventDeliveryOptions {
  readonly events: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly functions: DeployedFunctions;
}

/**
 * Hands events to the functions that are targets of the rules deployed at the moment and let these rules invoke them, as
 * EventBridge does: the emulator keeps rules and permissions, but does not deliver.
 */
export function eventDelivery({ events, lambda, functions }: EventDeliveryOptions) {
  return async (event: object): Promise<void> => {
    const { Rules = [] } = await events.send(new ListRulesCommand({}));
    const enabled = Rules.filter(({ State }) => State === "ENABLED");
    const bus = new EventBus(await Promise.all(enabled.map((rule) => deployedRule(events, lambda, rule))));
    bus.connect(functions);
    await bus.deliver(event);
  };
}

async function deployedRule(
  events: EventBridgeClient,
  lambda: LambdaClient,
  { Name, Arn: ruleArn, EventPattern }: Rule,
): Promise<DeployedRule> {
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
  const targets: string[] = [];
  for (const { Arn } of Targets) {
    if (Arn !== undefined && (await mayInvoke(lambda, ruleArn, Arn))) {
      targets.push(Arn);
    }
  }
  return { pattern: eventPatternSchema.parse(JSON.parse(EventPattern ?? "{}")), targets };
}

async function mayInvoke(lambda: LambdaClient, ruleArn: string | undefined, functionArn: string): Promise<boolean> {
  try {
    const { Policy = "" } = await lambda.send(new GetPolicyCommand({ FunctionName: functionArn }));
    return policySchema
      .parse(JSON.parse(Policy))
      .Statement.some(
        ({ Action, Principal, Condition }) =>
          Action === "lambda:InvokeFunction" &&
          Principal.Service === "events.amazonaws.com" &&
          Condition.ArnLike["AWS:SourceArn"] === ruleArn,
      );
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return false;
    }
    throw error;
  }
}
