import { nextCommand } from "../commands/aws/access/next-command";
import type { StackPlan } from "./plan";
import { serverOfStack } from "./stack-names";
import { createdSecretAddresses } from "./taken-secrets";

/**
 * What is left to do: a new server's secret has no credentials yet.
 * @param applied plans that were applied.
 * @returns a command; nothing where no server is new.
 */
export function afterDeployment(applied: readonly StackPlan[]): string | undefined {
  const [first, ...others] = applied
    .filter((plan) => createdSecretAddresses(plan).length > 0)
    .map(({ stack }) => serverOfStack(stack));
  if (first === undefined) {
    return undefined;
  }
  return nextCommand(others.length === 0 ? ["credentials", first] : ["status"]);
}
