import type { Settings } from "../../config/settings/settings";
import { printableText } from "../../contract/printable";
import type { StackPlan } from "./plan";
import { errorsIn } from "./plan-text";
import { terraformAdvice } from "./terraform-advice";

/** Tells on stderr why stacks could not be planned, in Terraform's words. @returns their names. */
export function reportFailures(plans: readonly StackPlan[], cloud: Settings["terraformCloud"]): string[] {
  const failed = plans.filter(({ result }) => result === "failed");
  for (const { stack, printed } of failed) {
    const advice = terraformAdvice(printed, cloud);
    console.error(
      printableText(
        `${stack} could not be planned:\n${errorsIn(printed)}${advice === undefined ? "" : `\nNext: ${advice}`}\n`,
      ),
    );
  }
  return failed.map(({ stack }) => stack);
}
