import { printableText } from "../../contract/printable";
import type { StackPlan } from "./plan";
import { namedChanges, terraformSummary } from "./plan-text";

/**
 * What plans say, as Markdown for the summary of a job.
 * @param adviceOn an error of Terraform, where it is known what to do.
 */
export function driftReport(plans: readonly StackPlan[], adviceOn: (printed: string) => string | undefined): string {
  const rows = plans.map((plan) => `| ${plan.stack} | ${summary(plan)} |`);
  const table = ["| stack | plan |", "| --- | --- |", ...rows].join("\n");
  const sections = plans
    .filter(({ result }) => result !== "same")
    .map((plan) => section(plan, plan.result === "failed" ? adviceOn(plan.printed) : undefined));
  return printableText(["# Drift", table, ...sections].join("\n\n"));
}

function summary({ result, printed }: StackPlan): string {
  if (result === "failed") {
    return "could not be planned";
  }
  return result === "same" ? "no changes" : (terraformSummary(printed) ?? "outputs change");
}

function section({ stack, printed }: StackPlan, advice: string | undefined): string {
  const changes = namedChanges(printed).map(({ address, what }) => `- \`${address}\` ${what}`);
  const fence = fenceFor(printed);
  return [
    `## ${stack}`,
    ...(advice === undefined ? [] : [`Next: ${advice}`]),
    ...(changes.length === 0 ? [] : [changes.join("\n")]),
    `<details><summary>Terraform's words</summary>\n\n${fence}\n${printed.trim()}\n${fence}\n\n</details>`,
  ].join("\n\n");
}

/** Longer than any within the text, so that none ends the block. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  return "`".repeat(longest + 1);
}
