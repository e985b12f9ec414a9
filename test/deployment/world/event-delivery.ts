import {
  type EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from "@aws-sdk/client-eventbridge";
import type { DeployedRule } from "../../../local/deployment/deployment";
import { eventPatternSchema } from "../../../local/deployment/event-pattern";
import { EventBus } from "../../../local/runner/event-bus";
import type { DeployedFunctions } from "./deployed-functions";

/**
 * Hands events to the targets of the rules that are deployed at the moment, as EventBridge does: the emulator keeps rules,
 * but does not deliver to functions.
 */
export function eventDelivery(events: EventBridgeClient, functions: DeployedFunctions) {
  return async (event: object): Promise<void> => {
    const { Rules = [] } = await events.send(new ListRulesCommand({}));
    const enabled = Rules.filter(({ State }) => State === "ENABLED");
    const bus = new EventBus(await Promise.all(enabled.map((rule) => deployedRule(events, rule))));
    bus.connect(functions);
    await bus.deliver(event);
  };
}

async function deployedRule(events: EventBridgeClient, { Name, EventPattern }: Rule): Promise<DeployedRule> {
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
  return {
    pattern: eventPatternSchema.parse(JSON.parse(EventPattern ?? "{}")),
    targets: Targets.flatMap(({ Arn }) => Arn ?? []),
  };
}
